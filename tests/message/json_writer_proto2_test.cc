#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

TEST_CASE("json writer, proto2: a missing required field is no error") {
  CHECK(WrittenText("old.Order", "note: 'x'") == R"({"note":"x"})");
}

TEST_CASE("json writer, proto2: a field set to its default is shown, an unset one is not") {
  CHECK(WrittenText("old.Order", "id: 0 count: 7") == R"({"id":0,"count":7})");
}

TEST_CASE("json writer, proto2: groups are objects under the field's name") {
  CHECK(WrittenText("old.Order", "Part { name: 'x' Inner { n: 1 } } Item { n: 1 } Item {}") ==
        R"({"part":{"name":"x","inner":{"n":1}},"item":[{"n":1},{}]})");
}

TEST_CASE("json writer, proto2: a number that a closed enum does not have is unknown") {
  CHECK(WrittenJson("old.Order", WireTagBytes(4, 0) + "\x09") == "{}");
  CHECK(WrittenJson("old.Order", WireLengthDelimited(5, "\x01\x09\x02")) == R"({"shades":["DARK","LIGHT"]})");
}

TEST_CASE("json writer, proto2: a map entry with such a number is unknown as a whole") {
  const auto entry = [](char value) {
    return WireLengthDelimited(8, WireLengthDelimited(1, "k") + WireTagBytes(2, 0) + value);
  };
  CHECK(WrittenJson("old.Order", entry(9)) == "{}");
  CHECK(WrittenJson("old.Order", entry(2) + entry(9)) == R"({"byName":{"k":"LIGHT"}})");
}

TEST_CASE(
    "json writer, proto2: extensions have their full name in brackets and stand among the fields by number") {
  CHECK(WrittenText("old.Order",
                    "inner { [old.remark]: 'deep' } [old.remark]: 'x' [old.marks]: [1, 2] note: 'n'") ==
        R"({"note":"n","[old.remark]":"x","[old.marks]":[1,2],"inner":{"[old.remark]":"deep"}})");
  CHECK(WrittenText("old.Order", "[old.Scope.parent] { id: 1 [old.tone]: LIGHT }") ==
        R"({"[old.Scope.parent]":{"id":1,"[old.tone]":"LIGHT"}})");
}

TEST_CASE("json writer, proto2: each wrong byte of a string is a replacement character") {
  CHECK(WrittenJson("old.Order", WireLengthDelimited(2, "a\xff\x1b")) == R"({"note":"a\ufffd\u001b"})");
}

TEST_CASE("json writer, proto2: the members of a message set are extensions") {
  CHECK(WrittenText("old.Member", "set { [old.Member.member] { name: 'x' } }") ==
        R"({"set":{"[old.Member.member]":{"name":"x"}}})");
}

TEST_CASE("json writer, proto2: a message set item may have its message before its number") {
  const std::string item = WireTagBytes(1, 3) + WireLengthDelimited(3, WireLengthDelimited(1, "x")) +
                           WireTagBytes(2, 0) + WireVarint(1000) + WireTagBytes(1, 4);
  CHECK(WrittenJson("old.Set", item) == R"({"[old.Member.member]":{"name":"x"}})");
}

}  // namespace
}  // namespace rpcctl
