// The well-known types in ProtoJSON.
#include <doctest/doctest.h>

#include "tests/support/json_types.h"

namespace rpcctl {
namespace {

using testing::Read;
using testing::ReadCase;

void Check(const ReadCase& test) {
  CAPTURE(test.json);
  CHECK(Read(test.type, test.json) == std::string(test.expected));
}

// ---- Timestamp, Duration, FieldMask ----

TEST_CASE("json_reader: a Timestamp is a text of RFC 3339") {
  CHECK(Read("Known", R"({"timestamp":"2026-11-22T10:00:00.5+02:00"})") ==
        "timestamp { seconds: 1795334400 nanos: 500000000 }");
  CHECK(Read("Known", R"({"timestamps":["0001-01-01T00:00:00Z","9999-12-31T23:59:59.999999999Z"]})") ==
        "timestamps { seconds: -62135596800 } timestamps { seconds: 253402300799 nanos: 999999999 }");
  CHECK(Read("Known", R"({"timestamp":"1970-01-01T00:00:00Z"})") == "timestamp { }");
}

TEST_CASE("json_reader: what is no Timestamp is refused with an example") {
  CHECK(Read("Known", R"({"timestamp":"2026-02-30T00:00:00Z"})") ==
        "line 1, column 14: timestamp: expected google.protobuf.Timestamp (a string such as "
        "\"2026-11-22T10:00:00Z\"), found string \"2026-02-30T00:00:00Z\"");
  CHECK(Read("Known", R"({"timestamps":["2026-01-01T00:00:00Z",5]})") ==
        "line 1, column 39: timestamps[1]: expected google.protobuf.Timestamp (a string such as "
        "\"2026-11-22T10:00:00Z\"), found number 5");
  CHECK(Read("Known", R"({"timestamp":{"seconds":1}})") ==
        "line 1, column 14: timestamp: expected google.protobuf.Timestamp (a string such as "
        "\"2026-11-22T10:00:00Z\"), found an object");
}

TEST_CASE("json_reader: a Duration is a text of seconds") {
  CHECK(Read("Known", R"({"duration":"-1.5s"})") == "duration { seconds: -1 nanos: -500000000 }");
  CHECK(Read("Known", R"({"duration":"0s"})") == "duration { }");
  CHECK(Read("Known", R"({"duration":"1"})") ==
        "line 1, column 13: duration: expected google.protobuf.Duration (a string such as \"1.5s\"), "
        "found string \"1\"");
}

TEST_CASE("json_reader: a FieldMask is a list of paths in camel case") {
  CHECK(Read("Known", R"({"mask":"name,user.displayName"})") ==
        R"(mask { paths: "name" paths: "user.display_name" })");
  CHECK(Read("Known", R"({"mask":""})") == "mask { }");
}

constexpr ReadCase kWrongMasks[] = {
    {"google.protobuf.FieldMask", R"("a_b")",
     "line 1, column 1: expected google.protobuf.FieldMask (a string such as \"name,user.displayName\"), "
     "found string \"a_b\""},
    {"google.protobuf.FieldMask", R"("a,")",
     "line 1, column 1: expected google.protobuf.FieldMask (a string such as \"name,user.displayName\"), "
     "found string \"a,\""},
    {"google.protobuf.FieldMask", R"("a,,b")",
     "line 1, column 1: expected google.protobuf.FieldMask (a string such as \"name,user.displayName\"), "
     "found string \"a,,b\""},
    {"google.protobuf.FieldMask", R"(["a"])",
     "line 1, column 1: expected google.protobuf.FieldMask (a string such as \"name,user.displayName\"), "
     "found an array"},
};

TEST_CASE("json_reader: a FieldMask that would not come back the same is refused") {
  for (const ReadCase& test : kWrongMasks) Check(test);
}

// ---- wrappers ----

TEST_CASE("json_reader: a wrapper is the value in it") {
  CHECK(Read("Known", R"({"wrappedDouble":1,"wrappedFloat":"1.5","wrappedInt64":"9007199254740993",
                          "wrappedUint64":1,"wrappedInt32":-5,"wrappedUint32":2,"wrappedBool":true,
                          "wrappedString":"x","wrappedBytes":"AQ"})") ==
        "wrapped_double { value: 1 } wrapped_float { value: 1.5 } wrapped_int64 { value: 9007199254740993 } "
        "wrapped_uint64 { value: 1 } wrapped_int32 { value: -5 } wrapped_uint32 { value: 2 } "
        R"(wrapped_bool { value: true } wrapped_string { value: "x" } wrapped_bytes { value: "\001" })");
}

TEST_CASE("json_reader: a wrapper with a default value is there, one with null is not") {
  CHECK(Read("Known", R"({"wrappedInt32":0,"wrappedString":"","wrappedBool":false,"wrappedBytes":null})") ==
        "wrapped_int32 { } wrapped_bool { } wrapped_string { }");
  CHECK(Read("Known", R"({"wrapped":[1,0]})") == "wrapped { value: 1 } wrapped { }");
}

constexpr ReadCase kWrongWrappers[] = {
    {"Known", R"({"wrappedInt32":"x"})",
     "line 1, column 17: wrappedInt32: expected google.protobuf.Int32Value (int32), found string \"x\""},
    {"Known", R"({"wrappedInt32":3000000000})",
     "line 1, column 17: wrappedInt32: 3000000000 is out of range for int32"},
    {"Known", R"({"wrappedBool":{}})",
     "line 1, column 16: wrappedBool: expected google.protobuf.BoolValue (bool), found an object"},
    {"Known", R"({"wrappedBytes":"!"})",
     "line 1, column 17: wrappedBytes: expected google.protobuf.BytesValue (bytes in base64), "
     "found string \"!\""},
    {"Known", R"({"wrapped":[null]})",
     "line 1, column 13: wrapped[0]: expected google.protobuf.Int32Value (int32), found null"},
};

TEST_CASE("json_reader: a wrapper takes no other value") {
  for (const ReadCase& test : kWrongWrappers) Check(test);
}

// ---- Struct, Value, ListValue, NullValue ----

TEST_CASE("json_reader: a Struct is any object") {
  CHECK(
      Read("google.protobuf.Struct", R"({"n":null,"i":1,"b":true,"s":"x","l":[1,"2"],"o":{"v":0}})") ==
      R"(fields { key: "b" value { bool_value: true } } fields { key: "i" value { number_value: 1 } } )"
      R"(fields { key: "l" value { list_value { values { number_value: 1 } values { string_value: "2" } } } } )"
      R"(fields { key: "n" value { null_value: NULL_VALUE } } )"
      R"(fields { key: "o" value { struct_value { fields { key: "v" value { number_value: 0 } } } } } )"
      R"(fields { key: "s" value { string_value: "x" } })");
  CHECK(Read("Known", R"({"object":{}})") == "object { }");
  CHECK(Read("Known", R"({"object":{"l":[]}})") ==
        R"(object { fields { key: "l" value { list_value { } } } })");
}

TEST_CASE("json_reader: a Value is any value of JSON") {
  CHECK(Read("google.protobuf.Value", "1.5") == "number_value: 1.5");
  CHECK(Read("google.protobuf.Value", "null") == "null_value: NULL_VALUE");
  CHECK(Read("google.protobuf.Value", "false") == "bool_value: false");
  CHECK(Read("google.protobuf.Value", R"("NaN")") == R"(string_value: "NaN")");
  CHECK(Read("google.protobuf.Value", "[[],{}]") ==
        "list_value { values { list_value { } } values { struct_value { } } }");
  CHECK(Read("Known", R"({"value":null,"values":[null,[1]]})") ==
        "value { null_value: NULL_VALUE } values { null_value: NULL_VALUE } "
        "values { list_value { values { number_value: 1 } } }");
}

TEST_CASE("json_reader: a ListValue is any array") {
  CHECK(Read("google.protobuf.ListValue", R"([1,[2]])") ==
        "values { number_value: 1 } values { list_value { values { number_value: 2 } } }");
  CHECK(Read("Known", R"({"lists":[[],[1]]})") == "lists { } lists { values { number_value: 1 } }");
}

TEST_CASE("json_reader: a NullValue is null, its name or its number") {
  CHECK(Read("Known", R"({"nulls":[null,"NULL_VALUE",0]})") ==
        "nulls: NULL_VALUE nulls: NULL_VALUE nulls: NULL_VALUE");
  CHECK(Read("Known", R"({"null":null})") == "");
}

TEST_CASE("json_reader: values nested 33 deep keep their lengths") {
  std::string json = "{\"object\":", expected = "object {";
  for (int i = 0; i < 32; ++i) {
    json += R"({"key":)";
    expected += i == 0 ? R"( fields { key: "key" value {)" : R"( struct_value { fields { key: "key" value {)";
  }
  json += "7" + std::string(33, '}');
  expected += " number_value: 7 } }";
  for (int i = 1; i < 32; ++i) expected += " } } }";
  CHECK(Read("Known", json) == expected + " }");
}

constexpr ReadCase kWrongValues[] = {
    {"Known", R"({"object":{"a":1,"a":2}})", "line 1, column 18: object[a]: the key is given twice"},
    {"Known", R"({"value":{"a":{"b":[{"c":1,"c":2}]}}})",
     "line 1, column 28: value[a][b][0][c]: the key is given twice"},
    {"Known", R"({"value":1e400})", "line 1, column 10: value: 1e400 is out of range"},
    {"Known", R"({"value":-2e308})", "line 1, column 10: value: -2e308 is out of range for double"},
    {"Known", R"({"object":[]})",
     "line 1, column 11: object: expected message google.protobuf.Struct (an object), found an array"},
    {"Known", R"({"list":{}})",
     "line 1, column 9: list: expected google.protobuf.ListValue (an array), found an object"},
    {"google.protobuf.Struct", "null",
     "line 1, column 1: expected message google.protobuf.Struct (an object), found null"},
    {"google.protobuf.ListValue", "null",
     "line 1, column 1: expected google.protobuf.ListValue (an array), found null"},
};

TEST_CASE("json_reader: what Struct, Value and ListValue do not take is refused") {
  for (const ReadCase& test : kWrongValues) Check(test);
}

// ---- Any ----

TEST_CASE("json_reader: an Any holds the fields of its type beside the type") {
  CHECK(Read("Known", R"({"any":{"@type":"type.googleapis.com/jsontest.Inner","a":5}})") ==
        R"(any { type_url: "type.googleapis.com/jsontest.Inner" value: "\010\005" })");
  CHECK(Read("Known", R"({"any":{"@type":"other.example/x/jsontest.Inner"}})") ==
        R"(any { type_url: "other.example/x/jsontest.Inner" })");
}

TEST_CASE("json_reader: the type of an Any may stand anywhere in it") {
  CHECK(Read("Known", R"({"any":{"next":{"a":6,"longText":"}"},"@type":"t/jsontest.Inner","a":5}})") ==
        R"(any { type_url: "t/jsontest.Inner" value: "\022\005\010\006\032\001}\010\005" })");
  CHECK(Read("Known", R"({"any":{"a":5,"\u0040type":"t\/jsontest.Inner"}})") ==
        R"(any { type_url: "t/jsontest.Inner" value: "\010\005" })");
}

TEST_CASE("json_reader: a type with a form of its own stands in an Any as \"value\"") {
  CHECK(Read("Known", R"({"any":{"@type":"t/google.protobuf.Duration","value":"1s"}})") ==
        R"(any { type_url: "t/google.protobuf.Duration" value: "\010\001" })");
  CHECK(Read("Known", R"({"any":{"value":12,"@type":"t/google.protobuf.Int32Value"}})") ==
        R"(any { type_url: "t/google.protobuf.Int32Value" value: "\010\014" })");
  CHECK(Read("Known", R"({"any":{"@type":"t/google.protobuf.Struct","value":{"a":null}}})") ==
        R"(any { type_url: "t/google.protobuf.Struct" value: "\n\007\n\001a\022\002\010\000" })");
  CHECK(Read("Known", R"({"any":{"@type":"t/google.protobuf.Value","value":null}})") ==
        R"(any { type_url: "t/google.protobuf.Value" value: "\010\000" })");
}

TEST_CASE("json_reader: an Any may hold an Any") {
  CHECK(Read("google.protobuf.Any",
             R"({"@type":"t/google.protobuf.Any","value":{"a":5,"@type":"t/jsontest.Inner"}})") ==
        R"(type_url: "t/google.protobuf.Any" value: "\n\020t/jsontest.Inner\022\002\010\005")");
}

TEST_CASE("json_reader: the content of an Any may be bytes, whether its type is known or not") {
  CHECK(Read("google.protobuf.Any", R"({"@type":"t/no.Such","@value":"AQI="})") ==
        R"(type_url: "t/no.Such" value: "\001\002")");
  CHECK(Read("google.protobuf.Any", R"({"@value":"AQI=","@type":"jsontest.Inner"})") ==
        R"(type_url: "jsontest.Inner" value: "\001\002")");
  CHECK(Read("google.protobuf.Any", R"({"@type":"t/no.Such","@value":""})") == R"(type_url: "t/no.Such")");
}

TEST_CASE("json_reader: an Any of Empty needs no value, and an Any needs no type when it is empty") {
  CHECK(Read("Known", R"({"any":{"@type":"t/google.protobuf.Empty"}})") ==
        R"(any { type_url: "t/google.protobuf.Empty" })");
  CHECK(Read("Known", R"({"any":{"@type":"t/google.protobuf.Empty","value":{}}})") ==
        R"(any { type_url: "t/google.protobuf.Empty" })");
  CHECK(Read("Known", R"({"any":{},"anys":[{},null]})") ==
        "line 1, column 22: anys[1]: expected message google.protobuf.Any (an object), found null");
  CHECK(Read("Known", R"({"any":{},"anys":[{}]})") == "any { } anys { }");
}

constexpr ReadCase kWrongAnys[] = {
    {"Known", R"({"any":{"a":1}})",
     "line 1, column 8: any: \"@type\" is missing from an Any | "
     "add \"@type\": \"type.googleapis.com/package.Message\""},
    {"Known", R"({"any":{"@type":5}})",
     "line 1, column 8: any: \"@type\" must be a string | "
     "add \"@type\": \"type.googleapis.com/package.Message\""},
    {"Known", R"({"any":{"@type":""}})",
     "line 1, column 17: any: \"\" is not the URL of a type | write it as "
     "type.googleapis.com/package.Message"},
    {"Known", R"({"any":{"@type":"jsontest.Inner"}})",
     "line 1, column 17: any: \"jsontest.Inner\" is not the URL of a type | "
     "write it as type.googleapis.com/package.Message"},
    {"Known", R"({"any":{"@type":"t/"}})",
     "line 1, column 17: any: \"t/\" is not the URL of a type | "
     "write it as type.googleapis.com/package.Message"},
    {"Known", R"({"any":{"x":[{}],"@type":"t/no.Such\u001b"}})",
     "line 1, column 26: any: the type of \"t/no.Such\\x1b\" is not in the schema"},
    {"Known", R"({"any":{"@type":"t/google.protobuf.Duration"}})",
     "line 1, column 45: any: the required field 'value' of google.protobuf.Duration is missing"},
    {"Known", R"({"any":{"@type":"t/google.protobuf.Duration","value":null}})",
     "line 1, column 54: any.value: a required field must not be null"},
    {"Known", R"({"any":{"@type":"t/google.protobuf.Duration","valeu":"1s"}})",
     "line 1, column 46: any.valeu: no such field in google.protobuf.Duration | did you mean 'value'?"},
    {"Known", R"({"any":{"@type":"t/no.Such","@value":"AQI=","a":1}})",
     "line 1, column 45: any.a: no such field in google.protobuf.Any"},
    {"Known", R"({"any":{"@type":"t/no.Such","@value":"*"}})",
     "line 1, column 38: any.@value: expected bytes in base64, found string \"*\""},
    {"Known", R"({"any":{"@type":"t/no.Such","@value":""  ,"@value":""}})",
     "line 1, column 43: any.@value: the field is given twice"},
    {"Known", R"({"any":{"@type":"t/no.Such","a":1,"@value":""}})",
     "line 1, column 17: any: the type of \"t/no.Such\" is not in the schema"},
    {"Known", R"({"any":{"@type":"t/jsontest.Inner","@type":"t/jsontest.Inner"}})",
     "line 1, column 36: any.@type: the type is given twice"},
    {"Known", R"({"any":{"@type":"t/jsontest.Inner","a":"x"}})",
     "line 1, column 40: any.a: expected int32, found string \"x\""},
    {"Known", R"({"any":{"@type":"t/jsontest2.Required","id":1}})",
     "line 1, column 46: any: the required field 'displayName' of jsontest2.Required is missing"},
    {"Known", R"({"any":[]})",
     "line 1, column 8: any: expected message google.protobuf.Any (an object), found an array"},
    {"Known", R"({"any":{"a": tru, "@type":"t/jsontest.Inner"}})",
     "line 1, column 14: any.a: expected a value, found 'tru'"},
    {"Known", R"({"any":{"a":1)",
     "line 1, column 14: any: expected ',' or '}', found the end of the document"},
};

TEST_CASE("json_reader: what is wrong in an Any is told by its place") {
  for (const ReadCase& test : kWrongAnys) Check(test);
}

TEST_CASE("json_reader: an Any in an Any, each with its type behind its content, ends soon") {
  std::string json;
  for (int i = 0; i < 99; ++i) json += R"({"value":)";
  json += R"({"longText":")" + std::string(100'000, 'x') + R"(","@type":"t/jsontest.Inner"})";
  for (int i = 0; i < 99; ++i) json += R"(,"@type":"t/google.protobuf.Any"})";
  CHECK(Read("google.protobuf.Any", json).starts_with(R"(type_url: "t/google.protobuf.Any")"));
}

TEST_CASE("json_reader: Empty takes no field") {
  CHECK(Read("Known", R"({"empty":{}})") == "empty { }");
  CHECK(Read("Known", R"({"empty":{"a":1}})") ==
        "line 1, column 11: empty.a: no such field in google.protobuf.Empty");
}

TEST_CASE("json_reader: a well-known type at the top has its own form") {
  CHECK(Read("google.protobuf.Timestamp", R"("2026-01-01T00:00:00Z")") == "seconds: 1767225600");
  CHECK(Read("google.protobuf.Int32Value", R"( "5" )") == "value: 5");
  CHECK(Read("google.protobuf.BytesValue", R"("AQI=")") == R"(value: "\001\002")");
  CHECK(Read("google.protobuf.Empty", "{}") == "");
  CHECK(Read("google.protobuf.Int32Value", "null") ==
        "line 1, column 1: expected google.protobuf.Int32Value (int32), found null");
}

}  // namespace
}  // namespace rpcctl
