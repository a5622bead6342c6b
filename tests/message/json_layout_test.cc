#include "message/json_layout.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

// {"a":1,"b":[2,{}],"c":[]}
void WriteSample(JsonSink& sink) {
  sink.BeginObject();
  sink.StartMember("\"a\"");
  sink.out() += "1";
  sink.StartMember("\"b\"");
  sink.BeginList();
  sink.StartElement();
  sink.out() += "2";
  sink.StartElement();
  sink.BeginObject();
  sink.EndObject();
  sink.EndList();
  sink.StartMember("\"c\"");
  sink.BeginList();
  sink.EndList();
  sink.EndObject();
}

TEST_CASE("json layout: compact is one line without spaces") {
  TextBuffer out;
  JsonSink sink(JsonLayout::kCompact, out);
  WriteSample(sink);
  CHECK(out.view() == R"({"a":1,"b":[2,{}],"c":[]})");
}

TEST_CASE("json layout: indented has one value a line, two spaces a level, empty ones closed at once") {
  TextBuffer out;
  JsonSink sink(JsonLayout::kIndented, out);
  WriteSample(sink);
  CHECK(out.view() ==
        "{\n"
        "  \"a\": 1,\n"
        "  \"b\": [\n"
        "    2,\n"
        "    {}\n"
        "  ],\n"
        "  \"c\": []\n"
        "}");
}

TEST_CASE("json layout: a writer goes back to a mark as if nothing had been written") {
  TextBuffer out;
  out += "before ";
  JsonSink sink(JsonLayout::kIndented, out);
  sink.BeginObject();
  const JsonSink::Mark mark = sink.Here();
  sink.StartMember("\"wrong\"");
  sink.BeginList();
  sink.StartElement();
  sink.BackTo(mark);
  sink.StartMember("\"right\"");
  sink.out() += "1";
  sink.EndObject();
  CHECK(out.view() == "before {\n  \"right\": 1\n}");
}

}  // namespace
}  // namespace rpcctl
