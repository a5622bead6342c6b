#include "message/map_entries.h"

#include <doctest/doctest.h>

#include "tests/support/parsed_message.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

// The keys of map `field`, in the order of its entries, joined by spaces.
std::string Keys(const std::string& type, const std::string& field, std::string_view wire) {
  const ParsedMessage message(type, wire);
  std::string keys;
  for (const google::protobuf::Message* entry : SortedMapEntries(*message, message.Field(field))) {
    if (!keys.empty()) keys += ' ';
    keys += MapKeyText(*entry);
  }
  return keys;
}

std::string KeysOf(const std::string& field, const std::string& message) {
  return Keys("out.Maps", field, WriterTypes::Get().Wire("out.Maps", message));
}

std::string Varint(uint32_t number, uint64_t value) {
  return WireTagBytes(number, 0).append(WireVarint(value));
}

TEST_CASE("map entries: an empty map has none") {
  CHECK(KeysOf("text", "") == "");
}

TEST_CASE("map entries: strings are ordered by their bytes") {
  CHECK(KeysOf("text", "text { key: 'b' } text { key: 'B' } text { key: 'é' } text { key: 'ba' }") ==
        "B b ba é");
}

TEST_CASE("map entries: signed numbers are ordered by their values") {
  CHECK(KeysOf("int32s", "int32s { key: 10 } int32s { key: -1 } int32s { key: 9 } int32s {}") == "-1 0 9 10");
  CHECK(KeysOf("int64s", "int64s { key: 10 } int64s { key: -9223372036854775808 } int64s { key: 9 }") ==
        "-9223372036854775808 9 10");
}

TEST_CASE("map entries: unsigned numbers are ordered by their values") {
  CHECK(KeysOf("uint32s", "uint32s { key: 4294967295 } uint32s { key: 5 }") == "5 4294967295");
  CHECK(KeysOf("uint64s", "uint64s { key: 18446744073709551615 } uint64s { key: 5 }") ==
        "5 18446744073709551615");
}

TEST_CASE("map entries: false comes before true") {
  CHECK(KeysOf("bools", "bools { key: true } bools { key: false }") == "false true");
}

TEST_CASE("map entries: of equal keys the last entry stays") {
  const auto entry = [](uint64_t value) {
    return WireLengthDelimited(2, Varint(1, 7).append(Varint(2, value)));
  };
  const ParsedMessage message("out.Maps", entry(1).append(entry(2)).append(entry(3)));
  const auto entries = SortedMapEntries(*message, message.Field("int32s"));
  REQUIRE(entries.size() == 1);
  const google::protobuf::Message& last = *entries.front();
  CHECK(last.GetReflection()->GetInt64(last, last.GetDescriptor()->map_value()) == 3);
}

TEST_CASE("map entries: an entry whose closed enum lacks the value is left out") {
  const auto entry = [](char key, uint64_t value) {
    return WireLengthDelimited(8, WireLengthDelimited(1, std::string(1, key)).append(Varint(2, value)));
  };
  CHECK(Keys("old.Order", "by_name", entry('b', 1).append(entry('a', 9)).append(entry('c', 2))) == "b c");
}

TEST_CASE("map entries: an unknown field in an entry does not matter") {
  const std::string entry = WireLengthDelimited(1, "k").append(Varint(9, 1)).append(Varint(2, 1));
  CHECK(Keys("old.Order", "by_name", WireLengthDelimited(8, entry)) == "k");
}

TEST_CASE("map entries: a string key is given as it is") {
  CHECK(KeysOf("text", R"(text { key: "\033\n" })") == "\x1b\n");
}

}  // namespace
}  // namespace rpcctl
