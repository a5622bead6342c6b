#include "message/json_writer.h"

#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/writer_types.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

// A message in text format, and its document.
struct Row {
  const char* type;
  const char* message;
  const char* json;
};

void CheckRows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CHECK(WrittenText(row.type, row.message) == row.json);
  }
}

TEST_CASE("json writer: an empty message is an empty object") {
  CheckRows({{"out.Scalars", "", "{}"}, {"old.Order", "", "{}"}, {"google.protobuf.Empty", "", "{}"}});
}

TEST_CASE("json writer: 32-bit numbers are numbers, 64-bit ones are strings") {
  CheckRows({
      {"out.Scalars", "i32: -2147483648 u32: 4294967295", R"({"i32":-2147483648,"u32":4294967295})"},
      {"out.Scalars", "s32: -1 f32: 7 sf32: -7", R"({"s32":-1,"f32":7,"sf32":-7})"},
      {"out.Scalars", "i64: -9223372036854775808", R"({"i64":"-9223372036854775808"})"},
      {"out.Scalars", "u64: 18446744073709551615", R"({"u64":"18446744073709551615"})"},
      {"out.Scalars", "s64: -1 f64: 7 sf64: -7", R"({"s64":"-1","f64":"7","sf64":"-7"})"},
  });
}

TEST_CASE("json writer: floating point is as short as it can be, and words where JSON has no number") {
  CheckRows({
      {"out.Scalars", "f: 0.1 d: 0.1", R"({"f":0.1,"d":0.1})"},
      {"out.Scalars", "f: 1 d: 1e20", R"({"f":1,"d":1e+20})"},
      {"out.Scalars", "d: nan", R"({"d":"NaN"})"},
      {"out.Scalars", "f: inf d: -inf", R"({"f":"Infinity","d":"-Infinity"})"},
      {"out.Scalars", "d: -0.0", R"({"d":-0})"},
  });
}

TEST_CASE("json writer: bool, string, bytes and enum") {
  CheckRows({
      {"out.Scalars", "b: true", R"({"b":true})"},
      {"out.Scalars", R"(s: "a\"b\n\342\200\256é")", R"({"s":"a\"b\n\u202eé"})"},
      {"out.Scalars", R"(by: "\xfb\xff")", R"({"by":"+/8="})"},
      {"out.Scalars", "colour: RED", R"({"colour":"RED"})"},
      {"out.Scalars", "colour: BLUE", R"({"colour":"BLUE"})"},
  });
}

TEST_CASE("json writer: an enum number without a name is a number, an alias is the first name") {
  CHECK(WrittenJson("out.Scalars", WireTagBytes(16, 0) + WireVarint(77)) == R"({"colour":77})");
  CHECK(WrittenText("old.Order", "shade: DIM") == R"({"shade":"DARK"})");
}

TEST_CASE("json writer: names are lowerCamelCase, or the file's") {
  const char* message = "last_of_all: 'z' snake_case_name: 'a' _x_1y: 3";
  CHECK(WrittenText("out.Names", message) == R"({"snakeCaseName":"a","X1y":3,"lastOfAll":"z"})");
  JsonStyle style;
  style.proto_names = true;
  CHECK(WrittenText("out.Names", message, style) == R"({"snake_case_name":"a","_x_1y":3,"last_of_all":"z"})");
}

TEST_CASE("json writer: a hostile json_name is escaped") {
  CHECK(WrittenText("out.Names", "odd: 'x'") == R"({"@\u001b\"odd":"x"})");
}

TEST_CASE("json writer: lists of every kind") {
  CheckRows({
      {"out.Lists", "i32: [1, -2] i64: [1, -2]", R"({"i32":[1,-2],"i64":["1","-2"]})"},
      {"out.Lists", "u32: [1, 2] u64: [1, 2]", R"({"u32":[1,2],"u64":["1","2"]})"},
      {"out.Lists", "f: [1.5, nan] d: [inf, 2]", R"({"f":[1.5,"NaN"],"d":["Infinity",2]})"},
      {"out.Lists", "b: [true, false] s: ['', 'x']", R"({"b":[true,false],"s":["","x"]})"},
      {"out.Lists", "by: ['', 'x'] colour: [GREY, RED]", R"({"by":["","eA=="],"colour":["GREY","RED"]})"},
      {"out.Lists", "tree {} tree { name: 'x' }", R"({"tree":[{},{"name":"x"}]})"},
      {"out.Lists", "s32: 1 s64: 2 f32: 3 f64: 4 sf32: 5 sf64: 6",
       R"({"s32":[1],"s64":["2"],"f32":[3],"f64":["4"],"sf32":[5],"sf64":["6"]})"},
  });
}

TEST_CASE("json writer: packed and unpacked elements make one list, in order") {
  const std::string wire =
      WireTagBytes(1, 0) + "\x01" + WireLengthDelimited(1, "\x02\x03") + WireTagBytes(1, 0) + "\x04";
  CHECK(WrittenJson("out.Lists", wire) == R"({"i32":[1,2,3,4]})");
  CHECK(WrittenJson("out.Lists", WireLengthDelimited(18, "\x02\x03")) == R"({"unpacked":[2,3]})");
  CHECK(WrittenJson("old.Order", WireLengthDelimited(9, "\x02\x03")) == R"({"plain":[2,3]})");
}

TEST_CASE("json writer: map keys are strings in order of their values") {
  CheckRows({
      {"out.Maps", "text { key: 'b' value: '2' } text { key: 'a' value: '1' }",
       R"({"text":{"a":"1","b":"2"}})"},
      {"out.Maps", "int32s { key: 10 value: 1 } int32s { key: -2 value: 2 } int32s { key: 9 }",
       R"({"int32s":{"-2":"2","9":"0","10":"1"}})"},
      {"out.Maps", "int64s { key: -1 value: 0.5 }", R"({"int64s":{"-1":0.5}})"},
      {"out.Maps", "uint32s { key: 4294967295 value: 'x' }", R"({"uint32s":{"4294967295":"eA=="}})"},
      {"out.Maps", "uint64s { key: 18446744073709551615 value: true }",
       R"({"uint64s":{"18446744073709551615":true}})"},
      {"out.Maps", "bools { key: true value: RED } bools { key: false }",
       R"({"bools":{"false":"GREY","true":"RED"}})"},
      {"out.Maps", "trees { key: '' value { name: 'x' } }", R"({"trees":{"":{"name":"x"}}})"},
      {"out.Maps", "trees { key: 'x' }", R"({"trees":{"x":{}}})"},
      {"out.Maps", "fixed { key: -1 value: 1 }", R"({"fixed":{"-1":1}})"},
  });
}

TEST_CASE("json writer: the last of several entries with one key counts") {
  const std::string first = WireLengthDelimited(1, "k") + WireLengthDelimited(2, "old");
  const std::string last = WireLengthDelimited(1, "k") + WireLengthDelimited(2, "new");
  CHECK(WrittenJson("out.Maps", WireLengthDelimited(1, first) + WireLengthDelimited(1, last)) ==
        R"({"text":{"k":"new"}})");
}

TEST_CASE("json writer: of very many entries, too, the last with a key counts") {
  std::string wire;
  for (uint32_t i = 0; i < 100'000; ++i) {
    const std::string value = WireTagBytes(2, 0) + WireVarint(i);
    wire += WireLengthDelimited(2, i % 3 == 0 ? value : WireTagBytes(1, 0) + WireVarint(i % 3) + value);
  }
  CHECK(WrittenJson("out.Maps", wire) == R"({"int32s":{"0":"99999","1":"99997","2":"99998"}})");
}

TEST_CASE("json writer: an entry without key or value has their defaults") {
  CHECK(WrittenJson("out.Maps", WireLengthDelimited(1, "")) == R"({"text":{"":""}})");
  CHECK(WrittenJson("out.Maps", WireLengthDelimited(6, "")) == R"({"bools":{"false":"GREY"}})");
  const std::string red = WireLengthDelimited(6, WireTagBytes(2, 0) + "\x01");
  CHECK(WrittenJson("out.Maps", red + WireLengthDelimited(6, "")) == R"({"bools":{"false":"GREY"}})");
  CHECK(WrittenJson("out.Maps", WireLengthDelimited(6, "") + red) == R"({"bools":{"false":"RED"}})");
}

TEST_CASE("json writer: a map key is escaped") {
  CHECK(WrittenText("out.Maps", R"(text { key: "\033\"" value: "" })") == R"({"text":{"\u001b\"":""}})");
}

TEST_CASE("json writer: optional and oneof fields show when they are set, even to their default") {
  CheckRows({
      {"out.Choice", "maybe: 0 maybe_text: ''", R"({"maybe":0,"maybeText":""})"},
      {"out.Choice", "name: ''", R"({"name":""})"},
      {"out.Choice", "id: 0", R"({"id":0})"},
      {"out.Choice", "tree {}", R"({"tree":{}})"},
      {"out.Choice", "part {}", R"({"part":{}})"},
      {"out.Choice", "nothing: NULL_VALUE", R"({"nothing":null})"},
  });
}

TEST_CASE("json writer: the last member of a oneof on the wire counts") {
  const std::string wire = WireLengthDelimited(4, "name") + WireTagBytes(5, 0) + "\x07";
  CHECK(WrittenJson("out.Choice", wire) == R"({"id":7})");
}

TEST_CASE("json writer: a singular field that comes twice is replaced, a message merged") {
  CHECK(WrittenJson("out.Scalars", WireTagBytes(1, 0) + "\x01" + WireTagBytes(1, 0) + "\x02") ==
        R"({"i32":2})");
  const std::string name = WireLengthDelimited(2, WireLengthDelimited(1, "x"));
  const std::string child = WireLengthDelimited(2, WireLengthDelimited(2, ""));
  CHECK(WrittenJson("out.Tree", name + child) == R"({"child":{"name":"x","child":{}}})");
}

TEST_CASE("json writer: unknown fields are left out") {
  const std::string wire = WireNestedGroups(99, 3) + WireLengthDelimited(98, "x") + WireTagBytes(97, 0) +
                           "\x01" + WireTagBytes(1, 0) + "\x05";
  CHECK(WrittenJson("out.Scalars", wire) == R"({"i32":5})");
}

TEST_CASE("json writer: a field of the wrong wire type is unknown") {
  CHECK(WrittenJson("out.Scalars", WireLengthDelimited(1, "x") + WireTagBytes(14, 0) + "\x01") == "{}");
  CHECK(WrittenJson("out.Tree", WireNestedGroups(2, 1)) == "{}");
}

TEST_CASE("json writer: indented") {
  JsonStyle style;
  style.layout = JsonLayout::kIndented;
  CHECK(WrittenText("out.Tree", "name: 'a' child {} children {} children { name: 'b' } named { key: 'k' }",
                    style) ==
        "{\n"
        "  \"name\": \"a\",\n"
        "  \"child\": {},\n"
        "  \"children\": [\n"
        "    {},\n"
        "    {\n"
        "      \"name\": \"b\"\n"
        "    }\n"
        "  ],\n"
        "  \"named\": {\n"
        "    \"k\": {}\n"
        "  }\n"
        "}");
}

TEST_CASE("json writer: defaults shows every field that has no presence") {
  JsonStyle style;
  style.defaults = true;
  CHECK(WrittenText("out.Scalars", "", style) ==
        R"({"i32":0,"i64":"0","u32":0,"u64":"0","s32":0,"s64":"0","f32":0,"f64":"0","sf32":0,"sf64":"0",)"
        R"("f":0,"d":0,"b":false,"s":"","by":"","colour":"GREY"})");
  CHECK(WrittenText("out.Tree", "child {}", style) ==
        R"({"name":"","child":{"name":"","children":[],"named":{}},"children":[],"named":{}})");
  CHECK(WrittenText("out.Choice", "", style) == "{}");
  CHECK(WrittenText("old.Order", "", style) ==
        R"({"shades":[],"item":[],"byName":{},"plain":[],"tight":[]})");
}

TEST_CASE("json writer: a field without presence that holds its default is absent, written out or not") {
  const std::string zeros = WireTagBytes(1, 0) + std::string(1, '\0') + WireLengthDelimited(14, "") +
                            WireTagBytes(12, 1) + std::string(8, '\0');
  CHECK(WrittenJson("out.Scalars", zeros) == "{}");
  CHECK(WrittenJson("out.Scalars", WireTagBytes(1, 0) + WireVarint(uint64_t{1} << 32)) == "{}");
  CHECK(WrittenJson("out.Scalars", WireTagBytes(1, 0) + "\x05" + zeros) == "{}");
  CHECK(WrittenJson("out.Choice", WireTagBytes(1, 0) + std::string(1, '\0')) == R"({"maybe":0})");
  CHECK(WrittenJson("out.Scalars", WireTagBytes(12, 1) + std::string(7, '\0') + "\x80") == R"({"d":-0})");
}

TEST_CASE("json writer: appends behind what is there, again and again") {
  JsonWriter writer(WriterTypes::Get().Type("out.Tree"));
  std::string out = "> ";
  CHECK(writer.Write(WireLengthDelimited(1, "a"), out));
  CHECK(writer.Write("", out));
  CHECK(writer.Write(std::string(100'000, ' ').replace(0, 4, "\x0a\x9c\x8d\x06"), out));
  CHECK(writer.Write(WireLengthDelimited(1, "b"), out));
  CHECK(out == fmt::format(R"(> {{"name":"a"}}{{}}{{"name":"{:99996}"}}{{"name":"b"}})", ""));
}

}  // namespace
}  // namespace rpcctl
