// Messages of an edition are encoded and decoded as its features say, whatever their files were built as.
#include <doctest/doctest.h>
#include <google/protobuf/dynamic_message.h>

#include "message/builder.h"
#include "message/items_writer.h"
#include "message/message_maker.h"
#include "message/text_reader.h"
#include "message/text_writer.h"
#include "message/wire.h"
#include "tests/support/edition_types.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

constexpr std::string_view kNeeded = "\x20\x01";  // needed: 1

std::string MixedWire(std::string_view members) {
  return EditionWire("mixed.Mixed", fmt::format(R"({{"needed":1{}}})", members));
}

std::string MixedJson(std::string_view wire) {
  return EditionJson("mixed.Mixed", std::string(kNeeded).append(wire));
}

std::string TextWire(const std::string& type, std::string_view text) {
  std::string wire;
  const Result<void> read = TextReader(EditionTypes::Get().Type(type), {}).Read(text, wire, {});
  return read ? Hex(wire) : "error: " + read.error().message;
}

std::string WrittenText(const std::string& type, std::string_view wire) {
  std::string out;
  const Result<void> written = TextWriter(EditionTypes::Get().Type(type), {}).Write(wire, out);
  return written ? out : "error: " + written.error().message;
}

std::string ItemsWire(const std::string& type, const std::vector<std::string>& words) {
  MessageMaker maker(nullptr);
  const auto message = maker.New(EditionTypes::Get().Type(type));
  std::vector<Item> items;
  for (const std::string& word : words) {
    const Result<Item> item = ParseItem(word);
    REQUIRE(item);
    items.push_back(*item);
  }
  const Result<void> laid = Builder({}).Apply(items, *message);
  if (!laid) return "error: " + laid.error().message;
  std::string wire;
  AppendWire(*message, wire);
  return Hex(wire);
}

TEST_CASE("editions: explicit presence keeps a zero, implicit presence drops it") {
  CHECK(EditionWire("Plain", R"({"number":0,"text":"","open":0,"implicit":0})") == "080012001800");
  CHECK(EditionWire("Plain", R"({"implicit":5,"number":null})") == "3805");
  CHECK(MixedWire(R"(,"explicit":0,"implicit":0,"implicitText":"")") == "20010800");
  CHECK(MixedWire(R"(,"implicit":3,"implicitText":"x")") == "200110031a0178");
}

TEST_CASE("editions: a field that holds zero is printed where it has presence") {
  CHECK(EditionJson("Plain", std::string("\x08\x00\x12\x00\x38\x00", 6)) == R"({"number":0,"text":""})");
  CHECK(MixedJson(std::string("\x08\x00\x10\x00\x1a\x00", 6)) == R"({"explicit":0,"needed":1})");
}

TEST_CASE("editions: of an implicit field the last value counts, zero too") {
  CHECK(MixedJson(std::string("\x10\x05\x10\x00", 4)) == R"({"needed":1})");
}

TEST_CASE("editions: a required field must be there") {
  CHECK(EditionWire("mixed.Mixed", "{}") ==
        "error: line 1, column 2: the required field 'needed' of editiontest.mixed.Mixed is missing");
  CHECK(ItemsWire("mixed.Mixed", {"needed=1"}) == "2001");
}

TEST_CASE("editions: a closed enum takes only what it names, an open one any number, in one file") {
  CHECK(MixedWire(R"(,"closed":"CLOSED_ONE","open":"OPEN_ONE")") == "200130014001");
  CHECK(MixedWire(R"(,"open":77,"opens":[0,77])") == "2001404d4a02004d");
  CHECK(MixedWire(R"(,"closed":77)") ==
        "error: line 1, column 22: closed: 77 is not a value of enum editiontest.mixed.Closed");
  CHECK(EditionWire("Plain", R"({"open":77})") == "184d");
  CHECK(EditionJson("Plain", "\x18\x4d") == R"({"open":77})");
  CHECK(MixedJson("\x30\x4d") == R"({"needed":1})");
  CHECK(ItemsWire("mixed.Mixed", {"needed=1", "open=77"}) == "2001404d");
  CHECK(ItemsWire("mixed.Mixed", {"closed=77"}) ==
        "error: closed: expected enum editiontest.mixed.Closed, found '77'");
}

TEST_CASE("editions: repeated numbers are packed unless the feature says expanded") {
  CHECK(EditionWire("Plain", R"({"numbers":[1,2],"expanded":[1,2],"opens":[1]})") ==
        "2202010240014002"
        "2a0101");
  CHECK(MixedWire(R"(,"expanded":[1,2],"closeds":[1])") ==
        "2001900101900102"
        "3a0101");
  CHECK(EditionJson("Plain", "\x20\x01\x20\x02\x42\x02\x01\x02") == R"({"numbers":[1,2],"expanded":[1,2]})");
}

TEST_CASE("editions: a delimited message stands between two tags") {
  CHECK(MixedWire(R"(,"part":{"n":1},"parts":[{"n":2},{}])") == "2001530801545b08025c5b5c");
  CHECK(MixedWire(R"(,"group":{"n":3})") == "200163080364");
  CHECK(MixedJson("\x53\x08\x01\x54\x5b\x08\x02\x5c\x5b\x5c\x63\x08\x03\x64") ==
        R"({"needed":1,"part":{"n":1},"parts":[{"n":2},{}],"group":{"n":3}})");
}

TEST_CASE("editions: a delimited message inside another, and in a oneof") {
  const std::string wire = MixedWire(R"(,"part":{"up":{"needed":2,"part":{"n":1}}},"chosen":{"n":4})");
  CHECK(wire == "200153120620025308015454a3010804a401");
}

TEST_CASE("editions: what has a length where it should be delimited is an unknown field") {
  CHECK(MixedJson("\x52\x02\x08\x01") == R"({"needed":1})");
  CHECK(WrittenText("mixed.Mixed", std::string(kNeeded) + "\x52\x02\x08\x01") == "needed: 1\n");
}

TEST_CASE("editions: strings are checked where the feature says so") {
  const std::string error = MixedJson("\x6a\x01\xff");
  CHECK(error.starts_with("error: "));
  CHECK(error.find("invalid UTF-8 in editiontest.mixed.Mixed.checked") != std::string::npos);
  CHECK(EditionJson("Plain", "\x12\x01\xff").starts_with("error: "));
  CHECK(MixedJson("\x72\x01\xff").starts_with(R"({"needed":1,"unchecked":")"));
  CHECK(MixedJson(std::string("\x82\x01\x06\x0a\x01") + "\xff\x12\x01x").starts_with("error: "));
}

TEST_CASE("editions: extensions keep to their features") {
  CHECK(MixedWire(R"(,"[editiontest.mixed.weight]":0,"[editiontest.mixed.extra]":{"n":1})") ==
        "2001a00600ab060801ac06");
  CHECK(MixedJson(std::string("\xa0\x06\x00\xab\x06\x08\x01\xac\x06", 9)) ==
        R"({"needed":1,"[editiontest.mixed.weight]":0,"[editiontest.mixed.extra]":{"n":1}})");
}

TEST_CASE("editions: text format calls a delimited message by its field, a group by its type") {
  const std::string text = "needed: 1\npart {\n  n: 1\n}\nGroup {\n  n: 2\n}\n";
  CHECK(TextWire("mixed.Mixed", text) == "20015308015463080264");
  CHECK(WrittenText("mixed.Mixed", "\x20\x01\x53\x08\x01\x54\x63\x08\x02\x64") == text);
}

TEST_CASE("editions: text format drops the zero of an implicit field") {
  CHECK(TextWire("mixed.Mixed", "needed: 1 implicit: 0 explicit: 0") == "08002001");
  CHECK(WrittenText("mixed.Mixed", std::string("\x10\x00\x08\x00\x20\x01", 6)) == "explicit: 0\nneeded: 1\n");
  CHECK(TextWire("Plain", "implicit: 0 number: 0") == "0800");
}

TEST_CASE("editions: items reach into delimited messages") {
  CHECK(ItemsWire("mixed.Mixed", {"needed=1", "part.n=1", "parts.0.n=2", "implicit=0", "group:={\"n\":3}"}) ==
        "2001530801545b08025c63080364");
  ItemsWriter writer(EditionTypes::Get().Type("mixed.Mixed"));
  const auto words = writer.Write("\x20\x01\x53\x08\x01\x54\x63\x08\x03\x64");
  REQUIRE(words);
  CHECK(*words == std::vector<std::string>{"needed=1", "part.n=1", "group.n=3"});
}

TEST_CASE("editions: a message deep inside delimited ones is bounded like any other") {
  std::string open, close;
  for (int i = 0; i < 60; ++i) {
    open += "\x53";
    close += "\x54";
  }
  // Part.up is a length, so that this is one Part with unknown groups in it.
  CHECK(MixedJson("\x53" + WireNestedGroups(9, 200) + "\x54").starts_with("error: "));
  CHECK(MixedJson(open + close) == R"({"needed":1,"part":{}})");
}

}  // namespace
}  // namespace rpcctl
