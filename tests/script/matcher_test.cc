#include "script/matcher.h"

#include <doctest/doctest.h>

#include <string>

#include "message/message_json.h"
#include "message/message_parser.h"
#include "script/message_place.h"
#include "script/predicate_parser.h"
#include "script/variables.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

// 2026-11-22T10:00:00Z
constexpr auto kNow = std::chrono::system_clock::time_point(std::chrono::seconds(1'795'341'600));

// Whether `expectation`, ".path == value", holds of a message in protobuf's text format: "yes", "no", or
// "error: what is wrong with it".
std::string Holds(const std::string& type, const std::string& text, std::string_view expectation) {
  const WriterTypes& types = WriterTypes::Get();
  MessageParser parser(types.Type(type), {&types.pool()});
  if (parser.Parse(types.Wire(type, text))) return "the message does not parse";
  LineReader reader(expectation, 1);
  const Result<std::string> path = Variables({}).Fill(*reader.Next());
  const Result<MessagePlace> place =
      MessagePlace::Parse(*path, parser.type(), parser.known(), parser.known().find_type);
  if (!place) return "error: " + place.error().message;
  const Result<Predicate> predicate = ParsePredicate(reader);
  if (!predicate) return "error: " + predicate.error().message;
  std::vector<Operand> operands;
  for (const Word& word : predicate->operands) operands.push_back(*Variables({}).FillOperand(word));
  const Result<Matcher> matcher =
      Matcher::Make(*predicate, place->shape(), operands, {parser.known(), [] { return kNow; }});
  if (!matcher) return "error: " + matcher.error().message;
  MessageJson json(parser.known());
  return matcher->Holds(place->Look(parser.message(), &json)) ? "yes" : "no";
}

struct Row {
  const char* expectation;
  const char* holds;
};

void CheckRows(const std::string& type, const std::string& text, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expectation);
    CHECK(Holds(type, text, row.expectation) == row.holds);
  }
}

TEST_CASE("matcher: integers are compared as numbers, to the last of 64 bits") {
  CheckRows("out.Scalars", "i64: 9223372036854775807 u64: 18446744073709551615 i32: -5",
            {{".i64 == 9223372036854775807", "yes"},
             {".i64 == 9223372036854775806", "no"},
             {".i64 > 9223372036854775806", "yes"},
             {".u64 == 18446744073709551615", "yes"},
             {".u64 > 18446744073709551614", "yes"},
             {".i32 < -4", "yes"},
             {".i32 < 10", "yes"},
             {".i32 == -0x5", "yes"},
             {".i32 == 5.5", "error: expected int32, found '5.5'"},
             {".u64 >= 0x10", "yes"},
             {".i32 <= -5", "yes"},
             {".i32 != -5", "no"},
             {".i32 not == -5", "no"},
             {".i32 in [1, -5]", "yes"},
             {".i32 not in [1, -5]", "no"}});
}

TEST_CASE("matcher: a float compares as a float, and NaN is found by its name") {
  CheckRows("out.Scalars", "f: 0.1 d: nan",
            {{".f == 0.1", "yes"},
             {".f > 0.1", "no"},
             {".f < 0.2", "yes"},
             {".d == nan", "yes"},
             {".d != nan", "no"},
             {".d < 1", "no"},
             {".d >= 1", "no"},
             {".f == nan", "no"}});
}

TEST_CASE("matcher: an absent field is its default") {
  CheckRows("out.Scalars", "",
            {{".i32 == 0", "yes"},
             {".s == ''", "yes"},
             {".b == false", "yes"},
             {".colour == GREY", "yes"},
             {".f == 0", "yes"},
             {".i32 exists", "no"},
             {".s absent", "yes"}});
  CheckRows("out.Choice", "",
            {{".maybe == 0", "yes"},
             {".maybe exists", "no"},
             {".part.i32 == 0", "yes"},
             {".part absent", "yes"},
             {".part == {}", "yes"},
             {".part == null", "yes"},
             {".part != null", "no"}});
  CheckRows(
      "out.Choice", "maybe: 0 part {}",
      {{".maybe exists", "yes"}, {".part exists", "yes"}, {".part == null", "no"}, {".part != null", "yes"}});
}

TEST_CASE("matcher: an enum is a name in any of its forms, or a number") {
  CheckRows("out.Scalars", "colour: RED",
            {{".colour == RED", "yes"},
             {".colour == red", "yes"},
             {".colour == 1", "yes"},
             {".colour == GREY", "no"},
             {".colour in [GREY, RED]", "yes"},
             {".colour > GREY", "yes"},
             {".colour == PINK", "error: expected enum out.Colour, found 'PINK'"},
             {".colour contains R", "error: 'contains' says nothing about enum out.Colour"}});
}

TEST_CASE("matcher: texts") {
  CheckRows("out.Scalars", "s: 'Hello, you!'",
            {{".s == 'Hello, you!'", "yes"},
             {".s contains you", "yes"},
             {".s contains me", "no"},
             {".s not contains me", "yes"},
             {".s startswith Hell", "yes"},
             {".s startswith x", "no"},
             {".s endswith '!'", "yes"},
             {".s endswith ?", "no"},
             {".s matches '^H.*!$'", "yes"},
             {".s matches '^o'", "no"},
             {".s matches o", "yes"},
             {".s not matches o", "no"},
             {".s isempty", "no"},
             {".s < Jello", "yes"},
             {".s exists", "yes"},
             {".s matches '('", "error: '(' is no regular expression: missing ): ("}});
}

TEST_CASE("matcher: a regular expression that others choke on takes no time") {
  const std::string text(20'000, 'a');
  CHECK(Holds("out.Scalars", "s: '" + text + "'", ".s matches '(a*)*b'") == "no");
  CHECK(Holds("out.Scalars", "s: '" + text + "'", ".s matches '(a|a)+$'") == "yes");
}

TEST_CASE("matcher: bytes are written as items have them") {
  CheckRows("out.Scalars", "by: '\\000\\377'",
            {{".by == hex:00ff", "yes"},
             {".by == b64:AP8=", "yes"},
             {".by contains hex:ff", "yes"},
             {".by startswith hex:00", "yes"},
             {".by isempty", "no"},
             {".by == text:x", "no"}});
  CHECK(Holds("out.Scalars", "", ".by == 00ff").starts_with("error: "));
}

TEST_CASE("matcher: bools") {
  CheckRows("out.Scalars", "b: true",
            {{".b == true", "yes"},
             {".b == false", "no"},
             {".b == 1", "error: expected bool, found '1'"},
             {".b < true", "error: '<' says nothing about bool"}});
}

TEST_CASE("matcher: lists") {
  CheckRows("out.Lists", "i32: 1 i32: 2 s: 'a' tree { name: 'x' }",
            {{".i32 == [1,2]", "yes"},
             {".i32 == '[2, 1]'", "no"},
             {".i32[1] == 2", "yes"},
             {".i32[2] == 0", "no"},
             {".i32[2] absent", "yes"},
             {".i32[2] exists", "no"},
             {".i32[2] not exists", "yes"},
             {".i32[2] not absent", "no"},
             {".i32[2] != 0", "no"},
             {".i32[2] not == 0", "no"},
             {".i32[2] not in [0]", "no"},
             {".s[1] not contains a", "no"},
             {".s[1] not isempty", "no"},
             {".tree[1] == null", "yes"},
             {".tree[1] != null", "no"},
             {".i32 contains 2", "yes"},
             {".i32 contains 3", "no"},
             {".i32 not contains 3", "yes"},
             {".i32 isempty", "no"},
             {".u32 isempty", "yes"},
             {".u32 == []", "yes"},
             {".u32 absent", "yes"},
             {".i32 exists", "yes"},
             {".s contains a", "yes"},
             {R"(.tree contains '{"name":"x"}')", "yes"},
             {R"(.tree contains '{"name":"y"}')", "no"},
             {R"(.tree == '[{"name":"x"}]')", "yes"},
             {".i32 < 1", "error: '<' says nothing about repeated int32"}});
}

TEST_CASE("matcher: maps") {
  CheckRows("out.Maps", "text { key: 'a.b' value: 'x' } int32s { key: 7 value: 9 }",
            {{".text[a.b] == x", "yes"},
             {".int32s.7 == 9", "yes"},
             {".int32s[8] absent", "yes"},
             {".int32s[8] != 9", "no"},
             {".text contains a.b", "yes"},
             {".text contains x", "no"},
             {".int32s contains 7", "yes"},
             {R"(.text == '{"a.b":"x"}')", "yes"},
             {R"(.text == '{}')", "no"},
             {".bools isempty", "yes"}});
}

TEST_CASE("matcher: messages are compared field by field, whatever the JSON looks like") {
  CheckRows("out.Choice", "part { i32: 1 i64: 5 s: 'x' }",
            {{R"(.part == '{"s":"x", "i64": 5, "i32":1.0}')", "yes"},
             {R"(.part == '{"i32":1}')", "no"},
             {R"(. == '{"part":{"i32":1,"i64":"5","s":"x"}}')", "yes"},
             {".part isempty", "no"},
             {R"(.part in ['{}', '{"i32":1,"i64":"5","s":"x"}'])", "yes"}});
  CHECK(Holds("out.Choice", "", R"(.part == '{"i33":1}')").starts_with("error: "));
  CHECK(Holds("out.Choice", "", ".part == x").starts_with("error: "));
}

TEST_CASE("matcher: times and lengths of time") {
  CheckRows("out.WellKnown", "time { seconds: 1795341600 } length { seconds: 90 }",
            {{".time == 2026-11-22T10:00:00Z", "yes"},
             {".time == 2026-11-22T12:00:00+02:00", "yes"},
             {".time > now-5m", "yes"},
             {".time <= now", "yes"},
             {".time < 2026-11-22", "no"},
             {".length == 1m30s", "yes"},
             {".length < 2m", "yes"},
             {".length > 2m", "no"},
             {".length == 90", "error: expected google.protobuf.Duration, found '90'"}});
}

TEST_CASE("matcher: what is in a wrapper is compared as what it wraps") {
  CheckRows("out.WellKnown", "i64 { value: 7 } s { value: 'x' } b {}",
            {{".i64 == 7", "yes"},
             {".i64 > 6", "yes"},
             {".s startswith x", "yes"},
             {".b == false", "yes"},
             {".b exists", "yes"},
             {".u64 == 0", "yes"},
             {".u64 == null", "yes"},
             {".i64 == null", "no"},
             {".i64 == x", "error: expected int64, found 'x'"}});
}

TEST_CASE("matcher: what is in an Any, or has no fixed type, is compared as JSON") {
  CheckRows("out.WellKnown",
            "any { type_url: 'type.googleapis.com/out.Tree' value: '\\n\\001a' } value { number_value: 1 } "
            "times { seconds: 1 }",
            {{R"(.any == '{"@type":"type.googleapis.com/out.Tree","name":"a"}')", "yes"},
             {R"(.any == '{"@type":"type.googleapis.com/out.Tree","name":"b"}')", "no"},
             {".value == 1", "yes"},
             {".value == 2", "no"},
             {R"(.value == '"1"')", "no"},
             {".times contains unix:1", "yes"},
             {".times contains unix:2", "no"}});
}

TEST_CASE("matcher: a path that is not there is an error") {
  CHECK(Holds("out.Scalars", "", ".nope == 1") == "error: .nope: no such field in out.Scalars");
  CHECK(Holds("out.Scalars", "", ".s.x == 1") ==
        "error: .s.x: no such field, since what stands before it is not a message");
  CHECK(Holds("out.Scalars", "", ". < 1") == "error: '<' says nothing about message out.Scalars");
}

}  // namespace
}  // namespace rpcctl
