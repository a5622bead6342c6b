#include "message/scalar.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

Result<ScalarValue> Parse(const std::string& field, std::string_view text,
                          TextOrigin origin = TextOrigin::kTyped) {
  return ParseScalar(Types().Field("items.Scalars." + field), text, origin);
}

struct Case {
  const char* field;
  const char* text;
  ScalarValue value;
};

TEST_CASE("scalar: every type of field takes the whole of its range") {
  const std::vector<Case> cases = {
      {"i32", "-2147483648", INT32_MIN},
      {"i32", "2147483647", INT32_MAX},
      {"s32", "-0x80000000", INT32_MIN},
      {"sfx32", "7", int32_t{7}},
      {"i64", "-9223372036854775808", INT64_MIN},
      {"i64", "9223372036854775807", INT64_MAX},
      {"s64", "9007199254740993", int64_t{9007199254740993}},
      {"sfx64", "-1e3", int64_t{-1000}},
      {"u32", "4294967295", UINT32_MAX},
      {"fx32", "0xffffffff", UINT32_MAX},
      {"u64", "18446744073709551615", UINT64_MAX},
      {"fx64", "-0", uint64_t{0}},
      {"d", "0.1", 0.1},
      {"f", "0.1", 0.1f},
      {"d", "-inf", -std::numeric_limits<double>::infinity()},
      {"flag", "true", true},
      {"flag", "false", false},
      {"name", "", std::string()},
      {"name", " 007 \n", std::string(" 007 \n")},
      {"blob", "hex:ff", std::string("\xff")},
      {"color", "red", EnumNumber{1}},
      {"maybe", "0", int32_t{0}},
  };
  for (const Case& expected : cases) {
    CAPTURE(expected.field);
    CAPTURE(expected.text);
    const Result<ScalarValue> value = Parse(expected.field, expected.text);
    REQUIRE(value);
    CHECK((*value == expected.value));
  }
}

TEST_CASE("scalar: a number beyond its type is told the range") {
  const Error error = Parse("i32", "3000000000").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "'3000000000' is out of range for int32");
  CHECK(error.hint == "int32 holds -2147483648 to 2147483647");
  CHECK(Parse("i64", "9223372036854775808").error().message ==
        "'9223372036854775808' is out of range for int64");
  CHECK(Parse("i64", "-9223372036854775809").error().hint ==
        "int64 holds -9223372036854775808 to 9223372036854775807");
  CHECK(Parse("u32", "-1").error().message == "'-1' is out of range for uint32");
  CHECK(Parse("fx64", "1e20").error().hint == "fixed64 holds 0 to 18446744073709551615");
  CHECK(Parse("f", "1e39").error().message == "'1e39' is out of range for float");
}

TEST_CASE("scalar: what is not of the type is told what was expected") {
  CHECK(Parse("i32", "abc").error().message == "expected int32, found 'abc'");
  CHECK(Parse("i32", "1.5").error().message == "expected int32, found '1.5'");
  CHECK(Parse("u64", "").error().message == "expected uint64, found ''");
  CHECK(Parse("d", "1,5").error().message == "expected double, found '1,5'");
  CHECK(Parse("flag", "007").error().message == "expected bool, found '007'");
  CHECK(Parse("flag", "True").error().hint == "a bool is true or false");
  CHECK(Parse("blob", "cafe").error().message == "expected bytes, found 'cafe'");
  CHECK(Parse("color", "pink").error().message == "expected enum items.Color, found 'pink'");
}

TEST_CASE("scalar: a string must be UTF-8") {
  CHECK(Parse("name", "gr\xc3\xbc\xc3\x9f"));
  CHECK(Parse("name", "ab\xff").error().message ==
        "expected string, found bytes that are not UTF-8 (the first at offset 2)");
  CHECK_FALSE(Parse("name", "\xed\xa0\x80"));
}

TEST_CASE("scalar: a file is taken as it is into bytes and strings, without its last line break elsewhere") {
  CHECK((*Parse("blob", "cafe\n", TextOrigin::kFile) == ScalarValue(std::string("cafe\n"))));
  CHECK((*Parse("name", "you\n", TextOrigin::kFile) == ScalarValue(std::string("you\n"))));
  CHECK((*Parse("i32", "5\r\n", TextOrigin::kFile) == ScalarValue(int32_t{5})));
  CHECK((*Parse("color", "red\n", TextOrigin::kFile) == ScalarValue(EnumNumber{1})));
  CHECK_FALSE(Parse("i32", "5\n\n", TextOrigin::kFile));
  CHECK_FALSE(Parse("i32", "5\n", TextOrigin::kTyped));
}

TEST_CASE("scalar: a field that holds a message is a defect, not a crash") {
  const Result<ScalarValue> value = ParseScalar(Types().Field("items.Request.location"), "x");
  REQUIRE_FALSE(value);
  CHECK(value.error().kind == ErrorKind::kInternal);
}

}  // namespace
}  // namespace rpcctl
