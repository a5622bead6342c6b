#include "message/placeholder.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

// "json | item", the item with its operator.
std::string Shown(const Placeholder& value) {
  return value.json + " | " + (value.item_kind == ItemValue::kJson ? ":=" : "=") + value.item;
}

std::string OfField(const std::string& name) {
  return Shown(DefaultPlaceholder(Types().Field(name)));
}

std::string OfType(const std::string& name) {
  return Shown(WellKnownPlaceholder(Types().Type("google.protobuf." + name)));
}

TEST_CASE("placeholder: numbers are zero, 64 bits in quotes as ProtoJSON has them") {
  for (const char* field : {"i32", "u32", "s32", "fx32", "sfx32", "f", "d"}) {
    CAPTURE(field);
    CHECK(OfField(std::string("items.Scalars.") + field) == "0 | =0");
  }
  for (const char* field : {"i64", "u64", "s64", "fx64", "sfx64"}) {
    CAPTURE(field);
    CHECK(OfField(std::string("items.Scalars.") + field) == "\"0\" | =0");
  }
}

TEST_CASE("placeholder: bool, text, bytes and the first name of an enum") {
  CHECK(OfField("items.Scalars.flag") == "false | =false");
  CHECK(OfField("items.Scalars.name") == "\"\" | =");
  CHECK(OfField("items.Scalars.blob") == "\"\" | =b64:");
  CHECK(OfField("items.Scalars.color") == "\"COLOR_UNSPECIFIED\" | =COLOR_UNSPECIFIED");
  CHECK(OfField("items2.Old.closed") == "\"FIRST\" | =FIRST");
}

TEST_CASE("placeholder: one element of a list") {
  CHECK(OfField("items.Request.tags") == "\"\" | =");
  CHECK(OfField("items.Request.colors") == "\"COLOR_UNSPECIFIED\" | =COLOR_UNSPECIFIED");
}

TEST_CASE("placeholder: the default that a proto2 file declares") {
  Types().AddText("defaults.proto", R"(
    syntax = "proto2"; package defaults;
    message M {
      optional int64 big = 1 [default = -9007199254740993]; optional double half = 2 [default = 0.5];
      optional float huge = 3 [default = inf]; optional double none = 4 [default = nan];
      optional bool on = 5 [default = true]; optional bytes raw = 6 [default = "\000\377"];
      optional string quoted = 7 [default = "say \"hi\""]; optional string file = 8 [default = "@home"];
      optional string control = 9 [default = "\033[2J"]; optional string accent = 10 [default = "\303\251"];
    })");
  CHECK(OfField("defaults.M.big") == "\"-9007199254740993\" | =-9007199254740993");
  CHECK(OfField("defaults.M.half") == "0.5 | =0.5");
  CHECK(OfField("defaults.M.huge") == "\"Infinity\" | =Infinity");
  CHECK(OfField("defaults.M.none") == "\"NaN\" | =NaN");
  CHECK(OfField("defaults.M.on") == "true | =true");
  CHECK(OfField("defaults.M.raw") == "\"AP8=\" | =b64:AP8=");
  CHECK(OfField("defaults.M.quoted") == R"("say \"hi\"" | =say "hi")");
  // Behind '=' it would be read from a file.
  CHECK(OfField("defaults.M.file") == "\"@home\" | :=\"@home\"");
  CHECK(OfField("defaults.M.control") == R"("\u001b[2J" | :="\u001b[2J")");
  CHECK(OfField("defaults.M.accent") == "\"\xc3\xa9\" | =\xc3\xa9");
}

TEST_CASE("placeholder: well-known types in their own forms") {
  CHECK(OfType("Timestamp") == "\"2026-01-01T00:00:00Z\" | =2026-01-01T00:00:00Z");
  CHECK(OfType("Duration") == "\"0s\" | =0s");
  CHECK(OfType("FieldMask") == "\"\" | =");
  CHECK(OfType("Struct") == "{} | :={}");
  CHECK(OfType("Value") == "\"\" | =");
  CHECK(OfType("ListValue") == "[] | :=[]");
  CHECK(OfType("BoolValue") == "false | =false");
  CHECK(OfType("Int64Value") == "\"0\" | =0");
  CHECK(OfType("BytesValue") == "\"\" | =b64:");
}

TEST_CASE("placeholder: the key of a map") {
  const auto key = [](const std::string& map) {
    return KeyPlaceholder(*Types().Field("items.Maps." + map).message_type()->map_key());
  };
  CHECK(key("labels") == "key");
  CHECK(key("by_i64") == "0");
  CHECK(key("by_bool") == "false");
}

}  // namespace
}  // namespace rpcctl
