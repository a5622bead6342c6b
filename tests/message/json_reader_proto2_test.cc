// What proto2 adds to ProtoJSON: required fields, closed enums, groups, extensions, message sets.
#include <doctest/doctest.h>

#include "tests/support/json_types.h"

namespace rpcctl {
namespace {

using testing::Read;

const ReadOptions kAllowUnknown{.allow_unknown = true};

TEST_CASE("json_reader: a required field must be there, at every depth") {
  CHECK(Read("Required", R"({"id":0,"displayName":""})") == R"(id: 0 display_name: "")");
  CHECK(Read("Required", R"({"id":1})") ==
        "line 1, column 8: the required field 'displayName' of jsontest2.Required is missing");
  CHECK(Read("Required", R"({})") ==
        "line 1, column 2: the required field 'id' of jsontest2.Required is missing");
  CHECK(Read("Required", R"({"inner":{"displayName":"x"},"id":1,"displayName":"y"})") ==
        "line 1, column 28: inner: the required field 'id' of jsontest2.Required is missing");
}

TEST_CASE("json_reader: a required field must not be null") {
  CHECK(Read("Required", R"({"id":null,"displayName":"x"})") ==
        "line 1, column 7: id: a required field must not be null");
}

TEST_CASE("json_reader: an optional field of proto2 keeps a zero and its default") {
  CHECK(Read("Old", R"({"number":0})") == "number: 0");
  CHECK(Read("Old", R"({"number":7})") == "number: 7");
}

TEST_CASE("json_reader: a closed enum takes only the numbers that it names") {
  CHECK(Read("Old", R"({"level":2,"levels":["LOW",0]})") == "level: HIGH levels: LOW levels: NONE");
  CHECK(Read("Old", R"({"level":3})") ==
        "line 1, column 10: level: 3 is not a value of enum jsontest2.Level | "
        "its values are NONE, LOW and HIGH");
  CHECK(Read("Old", R"({"level":3,"levels":[1,9],"byName":{"a":9,"b":1}})", kAllowUnknown) ==
        R"(levels: LOW by_name { key: "b" value: LOW })");
}

TEST_CASE("json_reader: packed and unpacked fields are written as they are declared") {
  JsonReader reader(testing::Types().Type("Old"));
  std::string wire;
  REQUIRE(reader.Read(R"({"packed":[1,2],"loose":[1,2]})", wire));
  CHECK(wire == std::string("\x22\x02\x01\x02\x28\x01\x28\x02", 8));
}

TEST_CASE("json_reader: groups go by the names of their fields") {
  CHECK(Read("Old", R"({"data":{"a":1,"b":"x"},"item":[{"n":1},{}]})") ==
        R"(Data { a: 1 b: "x" } Item { n: 1 } Item { })");
  CHECK(Read("Old", R"({"data":{"c":1}})") ==
        "line 1, column 10: data.c: no such field in jsontest2.Old.Data | did you mean 'a' or 'b'?");
  CHECK(Read("Old", R"({"item":[{"n":1},{"n":"x"}]})") ==
        "line 1, column 23: item[1].n: expected int32, found string \"x\"");
}

TEST_CASE("json_reader: a group in a message with a long length ends where it should") {
  const std::string text(200, 'x');
  CHECK(Read("Old", fmt::format(R"({{"old":{{"data":{{"b":"{}"}},"number":1}},"number":2}})", text)) ==
        fmt::format(R"(number: 2 old {{ number: 1 Data {{ b: "{}" }} }})", text));
}

TEST_CASE("json_reader: extensions go by their full names in brackets") {
  CHECK(Read("Old", R"({"[jsontest2.extra]":5,"[jsontest2.more]":["a","b"],"[jsontest2.Scope.scoped]":{"s":1},
                        "[jsontest2.nested]":{"number":1,"[jsontest2.extra]":6}})") ==
        R"([jsontest2.extra]: 5 [jsontest2.more]: "a" [jsontest2.more]: "b" )"
        R"([jsontest2.nested] { number: 1 [jsontest2.extra]: 6 } [jsontest2.Scope.scoped] { s: 1 })");
}

TEST_CASE("json_reader: an extension may be given once only, also when it was met inside first") {
  CHECK(Read("Old", R"({"[jsontest2.extra]":5,"[jsontest2.extra]":6})") ==
        "line 1, column 24: [jsontest2.extra]: the field is given twice");
  CHECK(Read("Old", R"({"old":{"[jsontest2.extra]":5},"[jsontest2.extra]":6,"[jsontest2.extra]":7})") ==
        "line 1, column 54: [jsontest2.extra]: the field is given twice");
}

TEST_CASE("json_reader: an extension that does not exist, or of another type, is an unknown field") {
  CHECK(Read("Old", R"({"[jsontest2.nope]":5})") ==
        "line 1, column 2: [jsontest2.nope]: no such field in jsontest2.Old");
  CHECK(Read("Old", R"({"[jsontest2.SetItem.message_set_extension]":{}})") ==
        "line 1, column 2: [jsontest2.SetItem.message_set_extension]: no such field in jsontest2.Old");
  CHECK(Read("Old", R"({"[]":5,"[":6,"number":1})", kAllowUnknown) == "number: 1");
}

TEST_CASE("json_reader: the path of an extension keeps its brackets") {
  CHECK(Read("Old", R"({"old":{"[jsontest2.more]":["a",1]}})") ==
        "line 1, column 33: old.[jsontest2.more][1]: expected string, found number 1 | a string stands in "
        "double quotes: \"1\"");
}

TEST_CASE("json_reader: the items of a message set are written as such") {
  CHECK(Read("SetHolder", R"({"items":{"[jsontest2.SetItem.message_set_extension]":{"i":5}}})") ==
        "items { [jsontest2.SetItem] { i: 5 } }");
  JsonReader reader(testing::Types().Type("Set"));
  std::string wire;
  REQUIRE(reader.Read(R"({"[jsontest2.SetItem]":{"i":5}})", wire));
  CHECK(wire == "\x0b\x10\xf9\xbb\x5e\x1a\x02\x78\x05\x0c");
}

TEST_CASE("json_reader: an item of a message set may be given once, under whichever name") {
  CHECK(Read("Set", R"({"[jsontest2.SetItem]":{},"[jsontest2.SetItem.message_set_extension]":{}})") ==
        "line 1, column 27: [jsontest2.SetItem.message_set_extension]: the field is given twice");
}

}  // namespace
}  // namespace rpcctl
