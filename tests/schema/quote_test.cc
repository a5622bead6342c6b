#include "schema/quote.h"

#include <doctest/doctest.h>
#include <google/protobuf/io/tokenizer.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

std::string ReadBack(const std::string& literal) {
  std::string text;
  google::protobuf::io::Tokenizer::ParseString(literal, &text);
  return text;
}

TEST_CASE("quote: text stays readable") {
  CHECK(QuoteText("") == "\"\"");
  CHECK(QuoteText("plain 'text' {}") == "\"plain 'text' {}\"");
  CHECK(QuoteText("caf\xc3\xa9 \xf0\x9f\x98\x80") == "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"");
}

TEST_CASE("quote: quotes, backslashes and line ends are escaped") {
  CHECK(QuoteText("a\"b\\c\nd\te") == R"("a\"b\\c\nd\te")");
}

TEST_CASE("quote: what could harm a terminal is escaped as octal bytes") {
  CHECK(QuoteText("\x1b[2J\r\x7f") == R"("\033[2J\015\177")");
  CHECK(QuoteText("\xc2\x9b\xe2\x80\xae") == R"("\302\233\342\200\256")");
  CHECK(QuoteText("\xff\xc3") == R"("\377\303")");
}

TEST_CASE("quote: an escape does not swallow the digit behind it") {
  CHECK(QuoteText(std::string("\0"
                              "7",
                              2)) == R"("\0007")");
}

TEST_CASE("quote: bytes are escaped but for printable ASCII") {
  CHECK(QuoteBytes("a\"\xc3\xa9") == R"("a\"\303\251")");
}

TEST_CASE("quote: every literal reads back as the same bytes, and is safe to show") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& text : {all, std::string("\xe2\x80\xae\xc3\xa9\\n"), std::string("\\\"\\")}) {
    CHECK(ReadBack(QuoteText(text)) == text);
    CHECK(ReadBack(QuoteBytes(text)) == text);
    CHECK(SafeText(QuoteText(text)) == QuoteText(text));
  }
}

}  // namespace
}  // namespace rpcctl
