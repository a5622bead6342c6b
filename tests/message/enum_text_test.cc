#include "message/enum_text.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

const google::protobuf::EnumDescriptor& EnumOf(const std::string& field) {
  return *Types().Field(field).enum_type();
}

Result<int> Color(std::string_view text) {
  return ParseEnum(EnumOf("items.Scalars.color"), text);
}
Result<int> Version(std::string_view text) {
  return ParseEnum(EnumOf("items.Scalars.version"), text);
}
Result<int> Level(std::string_view text) {
  return ParseEnum(EnumOf("items2.Old.level"), text);
}
Result<int> Closed(std::string_view text) {
  return ParseEnum(EnumOf("items2.Old.closed"), text);
}

TEST_CASE("enum_text: whole names, short names in any case and numbers are read") {
  CHECK(*Color("COLOR_DARK_BLUE") == 2);
  CHECK(*Color("color_dark_blue") == 2);
  CHECK(*Color("dark_blue") == 2);
  CHECK(*Color("Red") == 1);
  CHECK(*Color("2") == 2);
  CHECK(*Color("0x1") == 1);
}

TEST_CASE("enum_text: an open enum takes any 32-bit number") {
  CHECK(*Color("77") == 77);
  CHECK(*Color("-1") == -1);
  CHECK(*Color("-2147483648") == INT32_MIN);
  CHECK_FALSE(Color("2147483648"));
}

TEST_CASE("enum_text: a closed enum takes only its own numbers") {
  CHECK(*Closed("2") == 2);
  CHECK(Closed("3").error().message == "expected enum items2.Closed, found '3'");
  CHECK(Closed("3").error().hint == "its values are FIRST and SECOND");
}

TEST_CASE("enum_text: a mistyped name is told the nearest, in the form it was typed") {
  CHECK(Color("gred").error().hint == "did you mean 'RED'?");
  CHECK(Color("COLOR_REDD").error().hint == "did you mean 'COLOR_RED'?");
  CHECK(Color("purple").error().message == "expected enum items.Color, found 'purple'");
  CHECK(Color("purple").error().hint == "its values are COLOR_UNSPECIFIED, COLOR_RED and COLOR_DARK_BLUE");
  CHECK_FALSE(Color(""));
}

TEST_CASE("enum_text: a number that is also a short name of another value is ambiguous") {
  CHECK(*Version("1") == 1);
  CHECK(*Version("VERSION_2") == 3);
  const Error error = Version("2").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "'2' means more than one value of enum items.Version");
  CHECK(error.hint == "write 'VERSION_2'");
}

TEST_CASE("enum_text: what two values answer to is ambiguous, unless they are one number") {
  CHECK(Level("level_low").error().hint == "write 'LEVEL_LOW' or 'LEVEL_LEVEL_LOW'");
  CHECK(*Level("LEVEL_LOW") == 0);
  CHECK(*Level("low") == 0);
  CHECK(*Level("level_high") == 2);
}

TEST_CASE("enum_text: names without a common prefix are whole") {
  CHECK(*ParseEnum(EnumOf("items.Scalars.plain"), "ONE") == 1);
  CHECK(*Closed("second") == 2);
}

TEST_CASE("enum_text: the prefix that all names of an enum share") {
  CHECK(CommonPrefix(EnumOf("items.Scalars.color")) == "COLOR_");
  CHECK(CommonPrefix(EnumOf("items.Scalars.version")) == "VERSION_");
  CHECK(CommonPrefix(EnumOf("items.Scalars.plain")) == "");
}

}  // namespace
}  // namespace rpcctl
