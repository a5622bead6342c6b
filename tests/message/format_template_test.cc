#include "message/format_template.h"

#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

std::string Describe(const Error& error) {
  return "error: " + error.message + (error.hint.empty() ? "" : " | " + error.hint);
}

std::string FormatWire(const std::string& text, const std::string& type, std::string_view wire) {
  const WriterTypes& types = WriterTypes::Get();
  Result<FormatTemplate> format = FormatTemplate::Parse(text, types.Type(type), {&types.pool()});
  if (!format) return Describe(format.error());
  std::string out;
  const Result<void> written = format->Write(wire, out);
  return written ? out : Describe(written.error());
}

// `text` filled from a message in protobuf's text format, or "error: message | hint".
std::string Format(const std::string& text, const std::string& type, const std::string& message = "") {
  return FormatWire(text, type, WriterTypes::Get().Wire(type, message));
}

struct Row {
  const char* format;
  const char* text;
};

void CheckRows(const std::string& type, const std::string& message, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.format);
    CHECK(Format(row.format, type, message) == row.text);
  }
}

TEST_CASE("format template: fields stand among text") {
  CHECK(Format("Feature called {name} at {child.name}!", "out.Tree", "name: 'a' child { name: 'b' }") ==
        "Feature called a at b!");
  CHECK(Format("{name}{name}", "out.Tree", "name: 'a'") == "aa");
  CHECK(Format("", "out.Tree") == "");
  CHECK(Format("no field", "out.Tree") == "no field");
}

TEST_CASE("format template: doubled braces and escapes") {
  CheckRows("out.Tree", "name: 'x'",
            {{"{{name}}", "{name}"}, {"{{{name}}}", "{x}"}, {R"(a\nb\tc\\n)", "a\nb\tc\\n"}, {"}}{{", "}{"}});
}

TEST_CASE("format template: scalars are plain") {
  CheckRows(
      "out.Scalars",
      R"(i32: -1 i64: -2 u32: 3 u64: 4 s32: -5 f32: 6 sf64: -7 f: 0.1 d: 1e20 b: true s: "q\"\\" by: "x" colour: RED)",
      {{"{i32} {i64} {u32} {u64} {s32} {f32} {sf64}", "-1 -2 3 4 -5 6 -7"},
       {"{f} {d} {b} {colour}", "0.1 1e+20 true RED"},
       {"{s} {by}", R"(q"\ eA==)"}});
  CHECK(Format("{d} {f}", "out.Scalars", "d: nan f: -inf") == "NaN -Infinity");
  CHECK(FormatWire("{colour}", "out.Scalars", WireTagBytes(16, 0) + "\x09") == "9");
}

TEST_CASE("format template: what a server put in a string cannot reach the terminal raw") {
  CHECK(Format("{s}", "out.Scalars", R"(s: "\033[2J\n\342\200\256")") == R"(\x1b[2J\n\u202e)");
  CHECK(FormatWire("{note}", "old.Order", WireLengthDelimited(2, "\xff")) == "\\xff");
}

TEST_CASE("format template: an absent scalar is its default") {
  CHECK(Format("<{i32}> <{i64}> <{s}> <{b}> <{colour}> <{d}>", "out.Scalars") ==
        "<0> <0> <> <false> <GREY> <0>");
  CHECK(Format("<{count}> <{shade}>", "old.Order") == "<7> <NONE>");
  CHECK(Format("<{part.i32}>", "out.Choice") == "<0>");
}

TEST_CASE("format template: an absent message, element or map value is nothing") {
  CHECK(Format("<{child}>", "out.Tree") == "<>");
  CHECK(Format("<{children[0]}> <{children[0].name}> <{named.x}> <{named.x.name}>", "out.Tree") ==
        "<> <> <> <>");
  CHECK(Format("<{s[2]}>", "out.Lists", "s: ['a', 'b']") == "<>");
}

TEST_CASE("format template: messages, lists and maps are compact JSON") {
  CheckRows("out.Tree",
            "child { name: 'c' } children { name: 'd' } children {} named { key: 'k' value { name: 'v' } }",
            {{"{child}", R"({"name":"c"})"},
             {"{children}", R"([{"name":"d"},{}])"},
             {"{named}", R"({"k":{"name":"v"}})"},
             {"{children[1]}", "{}"},
             {"{named.k}", R"({"name":"v"})"}});
  CHECK(Format("{children} {named}", "out.Tree") == "[] {}");
}

TEST_CASE("format template: names are the file's or JSON's") {
  CHECK(Format("{last_of_all} {lastOfAll}", "out.Names", "last_of_all: 'z'") == "z z");
}

TEST_CASE("format template: elements by index, map values by key, in either form") {
  CHECK(Format("{s.0} {s[1]} {i64[0]}", "out.Lists", "s: ['a', 'b'] i64: 5") == "a b 5");
  CHECK(Format("{children.0.children[0].name}", "out.Tree", "children { children { name: 'x' } }") == "x");
  CHECK(Format("{text.a} {text[a.b]} {text[]}", "out.Maps",
               "text { key: 'a' value: '1' } text { key: 'a.b' value: '2' } text { key: '' value: '3' }") ==
        "1 2 3");
  CHECK(Format("{int32s.-7} {int32s[007]} {bools.true} {uint64s[9]}", "out.Maps",
               "int32s { key: -7 value: 1 } int32s { key: 7 value: 2 } bools { key: true value: RED } "
               "uint64s { key: 9 value: true }") == "1 2 RED true");
}

TEST_CASE("format template: groups and extensions") {
  CHECK(Format("{part.inner.n} {item[0].n}", "old.Order", "Part { Inner { n: 1 } } Item { n: 2 }") == "1 2");
  CHECK(Format("{[old.remark]} {[old.marks][1]} {[old.Scope.parent].id}", "old.Order",
               "[old.remark]: 'x' [old.marks]: [1, 2] [old.Scope.parent] { id: 3 }") == "x 2 3");
}

TEST_CASE("format template: well-known types are their JSON without quotes") {
  CheckRows(
      "out.WellKnown",
      R"(time { seconds: 1 } length { nanos: 5000000 } mask { paths: "a_b" } s { value: "q\"\033" } i64 { value: 5 }
               by { value: "x" } value { string_value: "t\"" } object { fields { key: 'k' value { number_value: 1 } } }
               any { type_url: "x/no.Such" } list {} empty {} nothing: NULL_VALUE times { seconds: 2 })",
      {{"{time}", "1970-01-01T00:00:01Z"},
       {"{time.seconds}", "1"},
       {"{length} {mask}", "0.005s aB"},
       {"{s} {i64} {by}", R"(q"\x1b 5 eA==)"},
       {"{value} {object} {list}", R"(t" {"k":1} [])"},
       {"{any} {empty} {nothing}", R"({"@type":"x/no.Such","@value":""} {} null)"},
       {"{times} {times[0]}", R"(["1970-01-01T00:00:02Z"] 1970-01-01T00:00:02Z)"}});
  CHECK(Format("<{d}> <{time}> <{value}>", "out.WellKnown") == "<> <> <>");
  CHECK(Format("{value}", "out.WellKnown", "value { number_value: 1 }") == "1");
}

TEST_CASE("format template: an unknown field names the nearest") {
  CHECK(Format("{child.nmae}", "out.Tree") ==
        "error: child.nmae: no such field in out.Tree | did you mean 'name'?");
  CHECK(Format("{whatever}", "out.Tree") ==
        "error: whatever: no such field in out.Tree | its fields are name, child, children and named");
  CHECK(Format("{named.x.nmae}", "out.Tree") ==
        "error: named.x.nmae: no such field in out.Tree | did you mean 'name'?");
  CHECK(
      Format("{[old.nothing]}", "old.Order").starts_with("error: [old.nothing]: no such field in old.Order"));
}

TEST_CASE("format template: a path must fit the types on its way") {
  CHECK(Format("{name.x}", "out.Tree") ==
        "error: name.x: no such field, since what stands before it is not a message");
  CHECK(Format("{children.name}", "out.Tree") ==
        "error: children.name: 'name' is not an index, and children is repeated message out.Tree | "
        "its first element is children[0]");
  CHECK(Format("{children[-1]}", "out.Tree").starts_with("error: children[-1]: '-1' is not an index"));
  CHECK(Format("{children[99999999999]}", "out.Tree")
            .starts_with("error: children[99999999999]: '99999999999' is not"));
  CHECK(Format("{int32s.x}", "out.Maps") == "error: int32s.x: 'x' is not a key of map<int32, int64>");
  CHECK(Format("{bools.yes}", "out.Maps") ==
        "error: bools.yes: 'yes' is not a key of map<bool, enum out.Colour>");
}

TEST_CASE("format template: a malformed path") {
  CHECK(Format("{a..b}", "out.Tree") == "error: a..b: a field name is missing");
  CHECK(Format("{name.}", "out.Tree") == "error: name.: a field name is missing");
  CHECK(Format("{children[0}", "out.Tree") == "error: children[0: '[' without its ']'");
  CHECK(Format("{children[0]x}", "out.Tree") ==
        "error: children[0]x: '.' or '[' was expected behind children[0]");
  CHECK(Format("{a\x1b}", "out.Nothing").starts_with("error: a\\x1b: no such field in out.Nothing"));
}

TEST_CASE("format template: braces must balance and escapes be known") {
  CHECK(Format("ab{name", "out.Tree") ==
        "error: '{' without its '}' at column 3 of the template | a brace is written {{");
  CHECK(Format("ab}", "out.Tree") ==
        "error: '}' without its '{' at column 3 of the template | a brace is written }}");
  CHECK(Format("{}", "out.Tree") ==
        "error: no path in the braces at column 1 of the template | a field is written {name}, braces {{}}");
  CHECK(Format("a\\q", "out.Tree") ==
        "error: unknown escape '\\q' at column 2 of the template | known are \\n, \\t and \\\\");
  CHECK(Format("a\\", "out.Tree").starts_with("error: unknown escape '\\' at column 2"));
}

TEST_CASE("format template: usage errors are told as such") {
  const Result<FormatTemplate> format = FormatTemplate::Parse("{x}", WriterTypes::Get().Type("out.Tree"));
  REQUIRE_FALSE(format);
  CHECK(format.error().kind == ErrorKind::kUsage);
}

TEST_CASE("format template: an error leaves the buffer as it was and names the place") {
  Result<FormatTemplate> format =
      FormatTemplate::Parse("{i32} {times[1]}", WriterTypes::Get().Type("out.WellKnown"));
  REQUIRE(format);
  std::string out = "before";
  const Result<void> written =
      format->Write(WriterTypes::Get().Wire("out.WellKnown", "times {} times { nanos: -1 }"), out);
  REQUIRE_FALSE(written);
  CHECK(written.error().message ==
        "response has no JSON form: a Timestamp of 0 s and -1 ns, out of the years 1 to 9999, in "
        "out.WellKnown.times[1]");
  CHECK(out == "before");
}

TEST_CASE("format template: a message that does not parse is an error, and the next one is written") {
  Result<FormatTemplate> format = FormatTemplate::Parse("{name};", WriterTypes::Get().Type("out.Tree"));
  REQUIRE(format);
  std::string out;
  CHECK(format->Write(WireLengthDelimited(1, "\xff"), out).error().message ==
        "response does not parse: invalid UTF-8 in out.Tree.name");
  CHECK(format->Write(WireLengthDelimited(1, "a"), out));
  CHECK(format->Write("", out));
  CHECK(out == "a;;");
}

}  // namespace
}  // namespace rpcctl
