#include "message/slot.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor& Field(const Message& message, const std::string& name) {
  return Types().Field(message.GetDescriptor()->full_name() + "." + name);
}

TEST_CASE("slot: every scalar is stored in its own field") {
  const auto message = Types().New("items.Scalars");
  const std::pair<const char*, ScalarValue> kValues[] = {
      {"d", 1.5},
      {"f", 2.5f},
      {"i32", int32_t{-3}},
      {"i64", int64_t{-4}},
      {"u32", uint32_t{5}},
      {"u64", uint64_t{6}},
      {"flag", true},
      {"name", std::string("n")},
      {"blob", std::string("b\0b", 3)},
      {"color", EnumNumber{2}},
  };
  for (const auto& [name, value] : kValues) StoreScalar({message.get(), &Field(*message, name)}, value);
  CHECK(Text(*message) ==
        "d: 1.5 f: 2.5 i32: -3 i64: -4 u32: 5 u64: 6 flag: true name: \"n\" blob: \"b\\000b\" "
        "color: COLOR_DARK_BLUE");
}

TEST_CASE("slot: an enum number without a name is stored as it is") {
  const auto message = Types().New("items.Scalars");
  StoreScalar({message.get(), &Field(*message, "color")}, EnumNumber{77});
  CHECK(Text(*message) == "color: 77");
}

TEST_CASE("slot: the index of an element replaces it, the size adds one") {
  const auto message = Types().New("items.Request");
  const FieldDescriptor& tags = Field(*message, "tags");
  CHECK(ListSize(*message, tags) == 0);
  StoreScalar({message.get(), &tags, 0}, std::string("a"));
  StoreScalar({message.get(), &tags, 1}, std::string("b"));
  StoreScalar({message.get(), &tags, 0}, std::string("c"));
  CHECK(ListSize(*message, tags) == 2);
  CHECK(Text(*message) == "tags: \"c\" tags: \"b\"");
}

TEST_CASE("slot: elements of enums and numbers") {
  const auto message = Types().New("items.Request");
  StoreScalar({message.get(), &Field(*message, "numbers"), 0}, int32_t{4});
  StoreScalar({message.get(), &Field(*message, "colors"), 0}, EnumNumber{1});
  StoreScalar({message.get(), &Field(*message, "colors"), 1}, EnumNumber{9});
  CHECK(Text(*message) == "numbers: 4 colors: COLOR_RED colors: 9");
}

TEST_CASE("slot: a message is made when it is asked for, and the same from then on") {
  const auto message = Types().New("items.Request");
  Message& inner = MessageIn({message.get(), &Field(*message, "inner")});
  CHECK(&MessageIn({message.get(), &Field(*message, "inner")}) == &inner);
  StoreScalar({&inner, &Field(inner, "label")}, std::string("x"));
  CHECK(Text(*message) == "inner { label: \"x\" }");
}

TEST_CASE("slot: messages of a list") {
  const auto message = Types().New("items.Request");
  const FieldDescriptor& routes = Field(*message, "routes");
  Message& first = MessageIn({message.get(), &routes, 0});
  Message& second = MessageIn({message.get(), &routes, 1});
  CHECK(&first != &second);
  CHECK(&MessageIn({message.get(), &routes, 0}) == &first);
  CHECK(ListSize(*message, routes) == 2);
}

TEST_CASE("slot: the value of a map key is made once, whatever the key's type") {
  const std::pair<const char*, ScalarValue> kKeys[] = {
      {"labels", std::string("k")}, {"by_i32", int32_t{-1}},   {"by_i64", int64_t{-2}},
      {"by_u32", uint32_t{3}},      {"by_u64", uint64_t{4}},   {"by_s32", int32_t{-5}},
      {"by_s64", int64_t{-6}},      {"by_fx32", uint32_t{7}},  {"by_fx64", uint64_t{8}},
      {"by_sfx32", int32_t{-9}},    {"by_sfx64", int64_t{10}}, {"by_bool", true},
  };
  for (const auto& [name, key] : kKeys) {
    CAPTURE(name);
    const auto message = Types().New("items.Maps");
    const FieldDescriptor& map = Field(*message, name);
    StoreScalar(MapValueSlot(*message, map, key), std::string("old"));
    StoreScalar(MapValueSlot(*message, map, key), std::string("new"));
    REQUIRE(ListSize(*message, map) == 1);
    const Slot slot = MapValueSlot(*message, map, key);
    CHECK(slot.message->GetReflection()->GetString(*slot.message, slot.field) == "new");
  }
}

TEST_CASE("slot: different keys are different entries, and pointers to them stay good") {
  const auto message = Types().New("items.Maps");
  const FieldDescriptor& places = Field(*message, "places");
  const Slot first = MapValueSlot(*message, places, std::string("a"));
  Message& point = MessageIn(first);
  for (int i = 0; i < 100; ++i) MessageIn(MapValueSlot(*message, places, std::to_string(i)));
  CHECK(ListSize(*message, places) == 101);
  CHECK(&MessageIn(MapValueSlot(*message, places, std::string("a"))) == &point);
}

}  // namespace
}  // namespace rpcctl
