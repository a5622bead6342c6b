#include "message/scalar_text.h"

#include <doctest/doctest.h>

#include "tests/support/parsed_message.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

// The three styles of a field of out.Scalars, as "json | name | text".
std::string Styles(const std::string& field, std::string_view wire) {
  const ParsedMessage message("out.Scalars", wire);
  std::string out;
  AppendScalar({*message, message.Field(field)}, ScalarStyle::kJson, out);
  out += " | ";
  AppendScalar({*message, message.Field(field)}, ScalarStyle::kName, out);
  out += " | ";
  AppendScalar({*message, message.Field(field)}, ScalarStyle::kText, out);
  return out;
}

std::string StylesOf(const std::string& field, const std::string& message) {
  return Styles(field, WriterTypes::Get().Wire("out.Scalars", message));
}

TEST_CASE("scalar text: numbers of 32 bits are quoted in names only") {
  CHECK(StylesOf("i32", "i32: -1") == R"(-1 | "-1" | -1)");
  CHECK(StylesOf("u32", "u32: 4294967295") == R"(4294967295 | "4294967295" | 4294967295)");
}

TEST_CASE("scalar text: numbers of 64 bits are quoted in JSON too") {
  CHECK(StylesOf("i64", "i64: -1") == R"("-1" | "-1" | -1)");
  CHECK(StylesOf("u64", "u64: 18446744073709551615") ==
        R"("18446744073709551615" | "18446744073709551615" | 18446744073709551615)");
}

TEST_CASE("scalar text: floating point is quoted where it is a word") {
  CHECK(StylesOf("d", "d: 0.5") == R"(0.5 | "0.5" | 0.5)");
  CHECK(StylesOf("d", "d: nan") == R"("NaN" | "NaN" | NaN)");
  CHECK(StylesOf("f", "f: -inf") == R"("-Infinity" | "-Infinity" | -Infinity)");
}

TEST_CASE("scalar text: bool") {
  CHECK(StylesOf("b", "b: true") == R"(true | "true" | true)");
  CHECK(StylesOf("b", "") == R"(false | "false" | false)");
}

TEST_CASE("scalar text: an enum is its name, or its number") {
  CHECK(StylesOf("colour", "colour: RED") == R"("RED" | "RED" | RED)");
  CHECK(Styles("colour", WireTagBytes(16, 0).append(WireVarint(9))) == R"(9 | "9" | 9)");
}

TEST_CASE("scalar text: strings are JSON, or safe on a terminal") {
  CHECK(StylesOf("s", R"(s: "a\"\033")") == R"("a\"\u001b" | "a\"\u001b" | a"\x1b)");
  CHECK(StylesOf("s", "") == R"("" | "" | )");
}

TEST_CASE("scalar text: bytes are base64") {
  CHECK(StylesOf("by", "by: 'x'") == R"("eA==" | "eA==" | eA==)");
}

TEST_CASE("scalar text: an absent field of proto2 is its declared default") {
  const ParsedMessage message("old.Order", "");
  std::string out;
  AppendScalar({*message, message.Field("count")}, ScalarStyle::kJson, out);
  CHECK(out == "7");
}

TEST_CASE("scalar text: elements of a list") {
  const ParsedMessage message("out.Lists", WriterTypes::Get().Wire("out.Lists", "s: ['a', 'b'] i64: [1, 2]"));
  std::string out, scratch;
  AppendScalar({*message, message.Field("s"), 1}, ScalarStyle::kText, out);
  AppendScalar({*message, message.Field("i64"), 0}, ScalarStyle::kText, out);
  CHECK(out == "b1");
  CHECK(StringIn({*message, message.Field("s"), 0}, scratch) == "a");
}

TEST_CASE("scalar text: an unset message is its default instance") {
  const ParsedMessage message("out.Tree", "");
  CHECK(MessageIn({*message, message.Field("child")}).GetDescriptor()->full_name() == "out.Tree");
}

}  // namespace
}  // namespace rpcctl
