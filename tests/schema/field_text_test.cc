#include "schema/field_text.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

// The text of the only field, or the first, of M in a file with this syntax.
std::string FieldIn(const std::string& syntax, const std::string& body) {
  const BuiltFile file("syntax = \"" + syntax + "\"; package p; enum E { ZERO = 0; ONE = 1; } message M { " +
                       body + " }");
  return FieldText(*file.Find("p.M").message->field(0));
}

std::string Proto2(const std::string& body) {
  return FieldIn("proto2", body);
}
std::string Proto3(const std::string& body) {
  return FieldIn("proto3", body);
}

TEST_CASE("field_text: every scalar type has its name") {
  for (const char* type : {"double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64",
                           "fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes"}) {
    CHECK(Proto3(std::string(type) + " f = 1;") == std::string(type) + " f = 1");
  }
}

TEST_CASE("field_text: labels are written where the syntax needs them") {
  CHECK(Proto3("int32 f = 1;") == "int32 f = 1");
  CHECK(Proto3("optional int32 f = 1;") == "optional int32 f = 1");
  CHECK(Proto3("repeated int32 f = 1;") == "repeated int32 f = 1");
  CHECK(Proto2("optional int32 f = 1;") == "optional int32 f = 1");
  CHECK(Proto2("required int32 f = 1;") == "required int32 f = 1");
  CHECK(Proto2("oneof o { int32 f = 1; }") == "int32 f = 1");
}

TEST_CASE("field_text: maps are written as maps") {
  CHECK(Proto3("map<string, M> f = 1;") == "map<string, M> f = 1");
  CHECK(Proto3("map<bool, E> f = 1 [deprecated = true];") == "map<bool, E> f = 1 [deprecated = true]");
}

TEST_CASE("field_text: a group is written by its type") {
  CHECK(Proto2("repeated group Part = 1 { optional int32 i = 1; }") == "repeated group Part = 1");
}

TEST_CASE("field_text: defaults of every kind read back") {
  for (const char* field :
       {"optional int32 f = 1 [default = -5]", "optional uint64 f = 1 [default = 18446744073709551615]",
        "optional double f = 1 [default = 1.5]", "optional float f = 1 [default = inf]",
        "optional double f = 1 [default = -inf]", "optional float f = 1 [default = nan]",
        "optional bool f = 1 [default = false]", "optional E f = 1 [default = ONE]",
        "optional string f = 1 [default = \"a\\\"b\\n\"]",
        "optional bytes f = 1 [default = \"\\000\\377\"]"}) {
    CHECK(Proto2(std::string(field) + ";") == field);
  }
}

TEST_CASE("field_text: a JSON name is written when it is not the one that comes by itself") {
  CHECK(Proto3("int32 foo_bar = 1 [json_name = \"fooBar\"];") == "int32 foo_bar = 1");
  CHECK(Proto3("int32 _foo__bar_2 = 1 [json_name = \"FooBar2\"];") == "int32 _foo__bar_2 = 1");
  CHECK(Proto3("int32 foo_bar = 1 [json_name = \"foo_bar\"];") ==
        "int32 foo_bar = 1 [json_name = \"foo_bar\"]");
}

TEST_CASE("field_text: options follow the default and the JSON name") {
  CHECK(Proto2(
            "optional string f = 1 [deprecated = true, ctype = CORD, json_name = \"g\", default = \"x\"];") ==
        "optional string f = 1 [default = \"x\", json_name = \"g\", ctype = CORD, deprecated = true]");
  CHECK(Proto3("repeated int32 f = 1 [packed = false];") == "repeated int32 f = 1 [packed = false]");
}

}  // namespace
}  // namespace rpcctl
