#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

struct Row {
  const char* message;  // an out.WellKnown in text format
  const char* json;
};

void CheckRows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CHECK(WrittenText("out.WellKnown", row.message) == row.json);
  }
}

TEST_CASE("json writer: times and durations") {
  CheckRows({
      {"time {}", R"({"time":"1970-01-01T00:00:00Z"})"},
      {"time { seconds: 1709208000 nanos: 10000000 }", R"({"time":"2024-02-29T12:00:00.010Z"})"},
      {"length {}", R"({"length":"0s"})"},
      {"length { seconds: -1 nanos: -500000000 }", R"({"length":"-1.500s"})"},
      {"times { seconds: 1 } times {}", R"({"times":["1970-01-01T00:00:01Z","1970-01-01T00:00:00Z"]})"},
      {"lengths { key: 'a' value { seconds: 1 } }", R"({"lengths":{"a":"1s"}})"},
  });
}

TEST_CASE("json writer: a field mask is one string") {
  CheckRows({
      {"mask {}", R"({"mask":""})"},
      {"mask { paths: 'a_b.c' paths: 'd' }", R"({"mask":"aB.c,d"})"},
      {R"(mask { paths: "\033" })", R"({"mask":"\u001b"})"},
  });
}

TEST_CASE("json writer: a wrapper is the value in it") {
  CheckRows({
      {"d { value: 0.5 }", R"({"d":0.5})"},
      {"f { value: inf }", R"({"f":"Infinity"})"},
      {"i64 { value: -1 }", R"({"i64":"-1"})"},
      {"u64 { value: 1 }", R"({"u64":"1"})"},
      {"i32 { value: -1 }", R"({"i32":-1})"},
      {"u32 { value: 1 }", R"({"u32":1})"},
      {"b { value: true }", R"({"b":true})"},
      {"s { value: 'x' }", R"({"s":"x"})"},
      {"by { value: 'x' }", R"({"by":"eA=="})"},
      {"d {} i64 {} b {} s {}", R"({"d":0,"i64":"0","b":false,"s":""})"},
  });
}

TEST_CASE("json writer: struct, value and list are the JSON in them") {
  CheckRows({
      {"object {}", R"({"object":{}})"},
      {"object { fields { key: 'b' value { bool_value: true } } fields { key: 'a' value { number_value: 1.5 "
       "} } }",
       R"({"object":{"a":1.5,"b":true}})"},
      {"value { null_value: NULL_VALUE }", R"({"value":null})"},
      {"value { number_value: 1 }", R"({"value":1})"},
      {"value { string_value: 'x' }", R"({"value":"x"})"},
      {"value { bool_value: false }", R"({"value":false})"},
      {"value { struct_value {} }", R"({"value":{}})"},
      {"value { list_value { values { number_value: 1 } values { list_value {} } } }", R"({"value":[1,[]]})"},
      {"list {}", R"({"list":[]})"},
      {"values { string_value: 'x' } values { null_value: NULL_VALUE }", R"({"values":["x",null]})"},
  });
}

TEST_CASE("json writer: a value that holds nothing is null") {
  CheckRows({
      {"value {}", R"({"value":null})"},
      {"list { values {} }", R"({"list":[null]})"},
      {"object { fields { key: 'a' value {} } }", R"({"object":{"a":null}})"},
  });
}

TEST_CASE("json writer: a number that NullValue does not have is not null") {
  CHECK(WrittenJson("out.WellKnown", WireTagBytes(9, 0) + "\x05") == R"({"nothing":5})");
}

TEST_CASE("json writer: a well-known type may be the whole document") {
  CHECK(WrittenText("google.protobuf.Timestamp", "") == R"("1970-01-01T00:00:00Z")");
  CHECK(WrittenText("google.protobuf.StringValue", "value: 'x'") == R"("x")");
  CHECK(WrittenText("google.protobuf.Value", "") == "null");
  CHECK(WrittenText("google.protobuf.ListValue", "values { bool_value: true }") == "[true]");
}

TEST_CASE("json writer: defaults leaves unset well-known types out, and fills them inside") {
  JsonStyle style;
  style.defaults = true;
  CHECK(WrittenText("out.WellKnown", "", style) ==
        R"({"nothing":null,"times":[],"anys":[],"lengths":{},"values":[]})");
  CHECK(WrittenText("google.protobuf.Struct", "", style) == "{}");
}

TEST_CASE("json writer: structs are as deep as the wire allows") {
  std::string value = WireTagBytes(4, 0) + "\x01";
  for (int i = 0; i < 49; ++i) value = WireLengthDelimited(6, WireLengthDelimited(1, value));
  CHECK(WrittenJson("google.protobuf.Value", value) == fmt::format("{:[>49}true{:]>49}", "", ""));
}

}  // namespace
}  // namespace rpcctl
