#include "script/xml_text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

std::string Text(std::string_view text) {
  std::string out;
  AppendXmlText(text, out);
  return out;
}

std::string Attribute(std::string_view text) {
  std::string out;
  AppendXmlAttribute(text, out);
  return out;
}

TEST_CASE("xml text: what means something in XML is written otherwise") {
  CHECK(Text("a<b> & \"c\" 'd'") == "a&lt;b&gt; &amp; &quot;c&quot; 'd'");
  CHECK(Text("]]>") == "]]&gt;");
  CHECK(Attribute("<\"&\">") == "\"&lt;&quot;&amp;&quot;&gt;\"");
}

TEST_CASE("xml text: lines stay lines between tags, and are escaped in an attribute") {
  CHECK(Text("a\nb") == "a\nb");
  CHECK(Attribute("a\nb\tc") == "\"a\\nb\\tc\"");
}

TEST_CASE("xml text: what XML 1.0 does not allow is told by an escape") {
  CHECK(Text(std::string_view("\0\x01\x1b\x7f", 4)) == "\\x00\\x01\\x1b\\x7f");
  CHECK(Text("a\xef\xbf\xbe"
             "b\xef\xbf\xbf") == "a\\ufffeb\\uffff");
  CHECK(Attribute("\xef\xbf\xbe") == "\"\\ufffe\"");
}

TEST_CASE("xml text: bytes that are not UTF-8, and characters that fool a reader, are told by an escape") {
  CHECK(Text("\xff\xc3") == "\\xff\\xc3");
  CHECK(Text("a\u202e"
             "b") == "a\\u202eb");
}

TEST_CASE("xml text: every other character stays") {
  CHECK(Text("größer \u4f60 \U0001f600 \xef\xbf\xbd") == "größer \u4f60 \U0001f600 \xef\xbf\xbd");
  CHECK(Attribute("") == "\"\"");
}

}  // namespace
}  // namespace rpcctl
