#include "script/operand_text.h"

#include <doctest/doctest.h>

#include <string>

#include "message/message_parser.h"
#include "script/message_place.h"
#include "script/predicate_parser.h"
#include "script/variables.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

// 2026-11-22T10:00:00Z
constexpr auto kNow = std::chrono::system_clock::time_point(std::chrono::seconds(1'795'341'600));

// How `expectation`, ".path == value", shows what it expects of a message of `type`; "a" is `variable`.
std::string Shown(const std::string& type, std::string_view expectation, const std::string& variable = "") {
  const WriterTypes& types = WriterTypes::Get();
  const KnownTypes known = Completed({&types.pool()}, types.Type(type));
  Variables variables({});
  variables.SetText("a", variable);
  LineReader reader(expectation, 1);
  const Result<std::string> path = variables.Fill(*reader.Next());
  const Result<MessagePlace> place = MessagePlace::Parse(*path, types.Type(type), known, known.find_type);
  if (!place) return "error: " + place.error().message;
  const Result<Predicate> predicate = ParsePredicate(reader);
  if (!predicate) return "error: " + predicate.error().message;
  std::vector<Operand> operands;
  for (const Word& word : predicate->operands) operands.push_back(*variables.FillOperand(word));
  const Result<Matcher> matcher =
      Matcher::Make(*predicate, place->shape(), operands, {known, [] { return kNow; }});
  return matcher ? matcher->Text() : "error: " + matcher.error().message;
}

TEST_CASE("operand text: a text stands in the quotes of JSON") {
  CHECK(Shown("out.Scalars", ".s == you") == R"(== "you")");
  CHECK(Shown("out.Scalars", R"(.s not contains 'a "b"')") == R"(not contains "a \"b\"")");
  CHECK(Shown("out.Scalars", ".s in [a, 'b c']") == R"(in ["a", "b c"])");
  CHECK(Shown("out.Scalars", ".s == ''") == R"(== "")");
  CHECK(Shown("out.Lists", ".s contains a") == R"(contains "a")");
}

TEST_CASE("operand text: a pattern stands as it was written") {
  CHECK(Shown("out.Scalars", R"(.s matches '^\d+$')") == R"(matches ^\d+$)");
}

TEST_CASE("operand text: numbers, enums, bools and bytes are told as JSON has them") {
  CHECK(Shown("out.Scalars", ".i32 < 0x10") == "< 16");
  CHECK(Shown("out.Scalars", ".u32 == 7") == "== 7");
  CHECK(Shown("out.Scalars", ".i64 == -5") == R"(== "-5")");
  CHECK(Shown("out.Scalars", ".u64 in [1, 2]") == R"(in ["1", "2"])");
  CHECK(Shown("out.Scalars", ".d == 1e3") == "== 1000");
  CHECK(Shown("out.Scalars", ".f == nan") == R"(== "NaN")");
  CHECK(Shown("out.Scalars", ".b == true") == "== true");
  CHECK(Shown("out.Scalars", ".colour == red") == R"(== "RED")");
  CHECK(Shown("out.Scalars", ".colour == 9") == "== 9");
  CHECK(Shown("out.Scalars", ".by == hex:00ff") == R"(== "AP8=")");
}

TEST_CASE("operand text: messages, times and lengths of time are told as JSON has them") {
  CHECK(Shown("out.Choice", R"(.part == '{"s": "x", "i32": 1.0}')") == R"(== {"i32":1,"s":"x"})");
  CHECK(Shown("out.Lists", ".i32 == '[1, 2]'") == "== [1,2]");
  CHECK(Shown("out.WellKnown", ".time > now-5m") == R"(> "2026-11-22T09:55:00Z")");
  CHECK(Shown("out.WellKnown", ".length == 1m30s") == R"(== "90s")");
}

TEST_CASE("operand text: what takes no value, and null, stand as they are") {
  CHECK(Shown("out.Scalars", ".s not exists") == "not exists");
  CHECK(Shown("out.Choice", ".part == null") == "== null");
  CHECK(Shown("out.Lists", ".s isempty") == "isempty");
}

TEST_CASE("operand text: what was filled in keeps its form, so that a secret is known") {
  CHECK(Shown("out.Scalars", ".by == {{a}}", "hex:00ff") == "== hex:00ff");
  CHECK(Shown("out.Scalars", ".i32 == {{a}}", "0x10") == "== 0x10");
  CHECK(Shown("out.Choice", ".part == '{\"i32\": 1}'", "") == R"(== {"i32":1})");
  CHECK(Shown("out.Choice", R"(.part == "{\"by\": \"{{a}}\"}")", "-_8=") == R"(== {"by": "-_8="})");
  CHECK(Shown("out.Scalars", ".s == {{a}}", "a\"b") == R"(== "a\"b")");
}

}  // namespace
}  // namespace rpcctl
