#include "message/required_fields.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

// What is said of a message of `type` that holds `data`.
std::string Missing(const std::string& type, const std::string& data) {
  const auto message = Types().New(type);
  google::protobuf::TextFormat::Parser parser;
  parser.AllowPartialMessage(true);
  REQUIRE(parser.ParseFromString(data, message.get()));
  const Result<void> checked = CheckRequiredFields(*message);
  return checked ? "" : checked.error().message;
}

TEST_CASE("required_fields: a message that has them all passes") {
  CHECK(Missing("items2.Strict", "name: 'a' id: 1") == "");
  CHECK(Missing("items.Request", "") == "");
}

TEST_CASE("required_fields: those that are missing are named by their paths") {
  CHECK(Missing("items2.Strict", "id: 1") == "the required field name is not set");
  CHECK(Missing("items2.Strict", "") == "the required fields name and id are not set");
  CHECK(Missing("items2.Strict", "name: 'a' id: 1 inner {}") == "the required field inner.label is not set");
}

TEST_CASE("required_fields: elements and extensions have their place in the path") {
  CHECK(Missing("items2.Old", "inners {label: 'x'} inners {}") ==
        "the required field inners[1].label is not set");
  CHECK(Missing("items2.Old", "[items2.wrapped] {}") ==
        "the required field [items2.wrapped].label is not set");
}

TEST_CASE("required_fields: a long list is cut") {
  std::string data;
  for (int i = 0; i < 8; ++i) data += "inners {} ";
  CHECK(Missing("items2.Old", data) ==
        "the required fields inners[0].label, inners[1].label, inners[2].label, inners[3].label, "
        "inners[4].label "
        "and 3 more are not set");
}

}  // namespace
}  // namespace rpcctl
