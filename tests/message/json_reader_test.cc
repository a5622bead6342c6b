#include "message/json_reader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/json_types.h"

namespace rpcctl {
namespace {

using testing::Read;
using testing::ReadCase;

void Check(const ReadCase& test) {
  CAPTURE(test.json);
  CHECK(Read(test.type, test.json) == std::string(test.expected));
}

// ---- names ----

TEST_CASE("json_reader: fields go by their JSON names and by their names in the file") {
  const char* expected = "snake_case: 1 _leading: 2 given: 3 camelCase: 4 field__twice: 5";
  CHECK(Read("Names", R"({"snakeCase":1,"Leading":2,"@special":3,"camelCase":4,"fieldTwice":5})") ==
        expected);
  CHECK(Read("Names", R"({"snake_case":1,"_leading":2,"given":3,"camelCase":4,"field__twice":5})") ==
        expected);
}

TEST_CASE("json_reader: a name may be written with escapes") {
  CHECK(Read("Names", R"({"snake\u0043ase":1})") == "snake_case: 1");
}

TEST_CASE("json_reader: an unknown field is refused with the nearest name of the spelling that was used") {
  CHECK(Read("Names", R"({"snakeCsae":1})") ==
        "line 1, column 2: snakeCsae: no such field in jsontest.Names | did you mean 'snakeCase'?");
  CHECK(Read("Names", R"({"snake_csae":1})") ==
        "line 1, column 2: snake_csae: no such field in jsontest.Names | did you mean 'snake_case'?");
  CHECK(Read("Names", R"({"zzzzz":1})") == "line 1, column 2: zzzzz: no such field in jsontest.Names");
}

TEST_CASE("json_reader: a field may be given once only, under whichever name") {
  CHECK(Read("Scalars", R"({"i32":1,"i32":2})") == "line 1, column 10: i32: the field is given twice");
  CHECK(Read("Scalars", R"({"i32":null,"i32":2})") == "line 1, column 13: i32: the field is given twice");
  CHECK(Read("Names", R"({"snakeCase":1,"snake_case":1})") ==
        "line 1, column 16: snake_case: the field is given twice | "
        "'snakeCase' and 'snake_case' are two names of one field");
}

TEST_CASE("json_reader: fields of a type with more than 64 are told apart") {
  CHECK(Read("Wide", R"({"f1":1,"f64":2,"f65":3,"f66":4,"wide":{"f65":5,"f1":6}})") ==
        "f1: 1 f64: 2 f65: 3 f66: 4 wide { f1: 6 f65: 5 }");
  CHECK(Read("Wide", R"({"f65":1,"wide":{"f65":1},"f65":2})") ==
        "line 1, column 27: f65: the field is given twice");
}

TEST_CASE("json_reader: the fields of an object come in any order and in a different one each time") {
  JsonReader reader(testing::Types().Type("Scalars"));
  const char* documents[] = {R"({"i32":1,"flag":true,"text":"a"})", R"({"text":"a","flag":true,"i32":1})",
                             R"({"flag":true,"i32":1,"text":"a"})", R"({"i32":1,"flag":true,"text":"a"})"};
  for (const char* document : documents) {
    CAPTURE(document);
    std::string wire;
    REQUIRE(reader.Read(document, wire));
    CHECK(testing::TextOf(testing::Types().Type("Scalars"), wire) == "i32: 1 flag: true text: \"a\"");
  }
}

// ---- numbers ----

TEST_CASE("json_reader: every kind of number takes its extremes") {
  CHECK(Read("Scalars", R"({"i32":-2147483648,"i64":-9223372036854775808,"u32":4294967295,
                            "u64":18446744073709551615,"s32":2147483647,"s64":9223372036854775807})") ==
        "i32: -2147483648 i64: -9223372036854775808 u32: 4294967295 u64: 18446744073709551615 "
        "s32: 2147483647 s64: 9223372036854775807");
  CHECK(Read("Scalars", R"({"f32":4294967295,"f64":18446744073709551615,"sf32":-2147483648,
                            "sf64":-9223372036854775808})") ==
        "f32: 4294967295 f64: 18446744073709551615 sf32: -2147483648 sf64: -9223372036854775808");
}

TEST_CASE("json_reader: 64-bit integers are exact beyond 2^53, with quotes and without") {
  CHECK(Read("Scalars", R"({"i64":9007199254740993})") == "i64: 9007199254740993");
  CHECK(Read("Scalars", R"({"i64":"9007199254740993"})") == "i64: 9007199254740993");
  CHECK(Read("Scalars", R"({"u64":"18446744073709551615"})") == "u64: 18446744073709551615");
}

TEST_CASE("json_reader: an integer may be written with a fraction or an exponent when it comes out whole") {
  CHECK(Read("Scalars", R"({"i32":1e3,"i64":"1e3","u32":1.0,"u64":"100e-2","s32":12.50e1,"s64":1E+2})") ==
        "i32: 1000 i64: 1000 u32: 1 u64: 1 s32: 125 s64: 100");
  CHECK(Read("Scalars", R"({"maybe":-0})") == "maybe: 0");
  CHECK(Read("Scalars", R"({"maybe":"2\u00310"})") == "maybe: 210");
}

constexpr ReadCase kWrongNumbers[] = {
    {"Scalars", R"({"i32":2147483648})", "line 1, column 8: i32: 2147483648 is out of range for int32"},
    {"Scalars", R"({"i32":-2147483649})", "line 1, column 8: i32: -2147483649 is out of range for int32"},
    {"Scalars", R"({"u32":-1})", "line 1, column 8: u32: -1 is out of range for uint32"},
    {"Scalars", R"({"i64":9223372036854775808})",
     "line 1, column 8: i64: 9223372036854775808 is out of range for int64"},
    {"Scalars", R"({"u64":"18446744073709551616"})",
     "line 1, column 8: u64: 18446744073709551616 is out of range for uint64"},
    {"Scalars", R"({"u64":"1e536870000"})", "line 1, column 8: u64: 1e536870000 is out of range for uint64"},
    {"Scalars", R"({"sf32":3e9})", "line 1, column 9: sf32: 3e9 is out of range for sfixed32"},
    {"Scalars", R"({"i32":1.5})", "line 1, column 8: i32: expected int32, found number 1.5"},
    {"Scalars", R"({"i64":"0.5"})", "line 1, column 8: i64: expected int64, found string \"0.5\""},
    {"Scalars", R"({"i32":""})", "line 1, column 8: i32: expected int32, found string \"\""},
    {"Scalars", R"({"i32":" 1"})", "line 1, column 8: i32: expected int32, found string \" 1\""},
    {"Scalars", R"({"i32":"1 "})", "line 1, column 8: i32: expected int32, found string \"1 \""},
    {"Scalars", R"({"i32":"01"})", "line 1, column 8: i32: expected int32, found string \"01\""},
    {"Scalars", R"({"i32":"0x1"})", "line 1, column 8: i32: expected int32, found string \"0x1\""},
    {"Scalars", R"({"i32":"12abc"})", "line 1, column 8: i32: expected int32, found string \"12abc\""},
    {"Scalars", R"({"i32":true})", "line 1, column 8: i32: expected int32, found true"},
    {"Scalars", R"({"i32":{}})", "line 1, column 8: i32: expected int32, found an object"},
    {"Scalars", R"({"i32":[1]})", "line 1, column 8: i32: expected int32, found an array"},
    {"Scalars", R"({"i32":"NaN"})", "line 1, column 8: i32: expected int32, found string \"NaN\""},
};

TEST_CASE("json_reader: what is no number of the field's type is refused") {
  for (const ReadCase& test : kWrongNumbers) Check(test);
}

TEST_CASE("json_reader: floats take numbers, numbers in quotes and the three special names") {
  CHECK(Read("Scalars", R"({"flt":"1.5e-38","dbl":-2.22507e-308})") == "flt: 1.5e-38 dbl: -2.22507e-308");
  CHECK(Read("Scalars", R"({"flt":"NaN","dbl":"-Infinity"})") == "flt: nan dbl: -inf");
  CHECK(Read("Scalars", R"({"flt":"Infinity","dbl":1})") == "flt: inf dbl: 1");
}

TEST_CASE("json_reader: a float too small is zero of its sign, and -0 is written") {
  CHECK(Read("Scalars", R"({"dbl":-1e-400,"flt":1e-60})") == "dbl: -0");
  CHECK(Read("Scalars", R"({"dbl":-0})") == "dbl: -0");
  CHECK(Read("Scalars", R"({"dbl":-0.0,"flt":0})") == "dbl: -0");
}

constexpr ReadCase kWrongFloats[] = {
    {"Scalars", R"({"dbl":1e400})", "line 1, column 8: dbl: 1e400 is out of range"},
    {"Scalars", R"({"dbl":"1e400"})", "line 1, column 8: dbl: 1e400 is out of range for double"},
    {"Scalars", R"({"flt":3.502823e+38})", "line 1, column 8: flt: 3.502823e+38 is out of range for float"},
    {"Scalars", R"({"dbl":NaN})",
     "line 1, column 8: dbl: expected a value, found 'NaN' | write it in double quotes"},
    {"Scalars", R"({"dbl":-Infinity})",
     "line 1, column 8: dbl: expected a value, found '-Infinity' | write it in double quotes"},
    {"Scalars", R"({"dbl":"nan"})", "line 1, column 8: dbl: expected double, found string \"nan\""},
    {"Scalars", R"({"dbl":"inf"})", "line 1, column 8: dbl: expected double, found string \"inf\""},
    {"Scalars", R"({"dbl":"1."})", "line 1, column 8: dbl: expected double, found string \"1.\""},
    {"Scalars", R"({"dbl":""})", "line 1, column 8: dbl: expected double, found string \"\""},
    {"Scalars", R"({"flt":false})", "line 1, column 8: flt: expected float, found false"},
};

TEST_CASE("json_reader: what is no float is refused") {
  for (const ReadCase& test : kWrongFloats) Check(test);
}

// ---- the other scalars ----

TEST_CASE("json_reader: a bool is true or false and nothing else") {
  CHECK(Read("Scalars", R"({"flag":true})") == "flag: true");
  CHECK(Read("Scalars", R"({"flag":"true"})") ==
        "line 1, column 9: flag: expected bool, found string \"true\"");
  CHECK(Read("Scalars", R"({"flag":1})") == "line 1, column 9: flag: expected bool, found number 1");
}

TEST_CASE("json_reader: a string keeps every character, escaped or not") {
  CHECK(Read("Scalars", R"({"text":"\"\\\/\b\f\n\r\t\u0000\u8C37\ud83d\ude01 é"})") ==
        R"(text: "\"\\/\010\014\n\r\t\000\350\260\267\360\237\230\201 \303\251")");
  CHECK(Read("Scalars", R"({"text":5})") ==
        "line 1, column 9: text: expected string, found number 5 | a string stands in double quotes: \"5\"");
}

TEST_CASE("json_reader: strings are whole wherever an escape stands in them") {
  for (size_t before = 0; before < 20; ++before) {
    for (size_t after = 0; after < 20; ++after) {
      const std::string head(before, 'a'), tail(after, 'b');
      const std::string json = fmt::format(R"({{"text":"{}\u0041\t{}","i32":7}})", head, tail);
      CHECK(Read("Scalars", json) == fmt::format(R"(i32: 7 text: "{}A\t{}")", head, tail));
    }
  }
}

TEST_CASE("json_reader: bytes are base64 of either alphabet, with padding or without") {
  CHECK(Read("Scalars", R"({"data":"AQI="})") == R"(data: "\001\002")");
  CHECK(Read("Scalars", R"({"data":"AQI"})") == R"(data: "\001\002")");
  CHECK(Read("Scalars", R"({"data":"-_"})") == R"(data: "\373")");
  CHECK(Read("Scalars", R"({"data":"+/8="})") == R"(data: "\373\377")");
  CHECK(Read("Scalars", R"({"data":"!!!"})") ==
        "line 1, column 9: data: expected bytes in base64, found string \"!!!\"");
  CHECK(Read("Scalars", R"({"data":[1]})") ==
        "line 1, column 9: data: expected bytes in base64, found an array");
}

TEST_CASE("json_reader: an enum goes by name or number, and an open one takes any number") {
  CHECK(Read("Scalars", R"({"color":"COLOR_RED"})") == "color: COLOR_RED");
  CHECK(Read("Scalars", R"({"color":2})") == "color: COLOR_GREEN");
  CHECK(Read("Scalars", R"({"color":-1})") == "color: COLOR_BELOW");
  CHECK(Read("Scalars", R"({"color":2.0})") == "color: COLOR_GREEN");
  CHECK(Read("Scalars", R"({"color":123})") == "color: 123");
}

constexpr ReadCase kWrongEnums[] = {
    {"Scalars", R"({"color":"COLOR_GREN"})",
     "line 1, column 10: color: \"COLOR_GREN\" is not a value of enum jsontest.Color | "
     "did you mean 'COLOR_GREEN' or 'COLOR_RED'?"},
    {"Scalars", R"({"color":"x"})",
     "line 1, column 10: color: \"x\" is not a value of enum jsontest.Color | "
     "its values are COLOR_UNKNOWN, COLOR_RED, COLOR_GREEN and COLOR_BELOW"},
    {"Scalars", R"({"color":"color_red"})",
     "line 1, column 10: color: \"color_red\" is not a value of enum jsontest.Color | "
     "did you mean 'COLOR_RED' or 'COLOR_GREEN'?"},
    {"Scalars", R"({"color":true})", "line 1, column 10: color: expected enum jsontest.Color, found true"},
    {"Scalars", R"({"color":1.5})",
     "line 1, column 10: color: expected enum jsontest.Color, found number 1.5"},
    {"Scalars", R"({"color":3000000000})", "line 1, column 10: color: 3000000000 is out of range for enum"},
    {"Scalars", R"({"color":["COLOR_RED"]})",
     "line 1, column 10: color: expected enum jsontest.Color, found an array"},
};

TEST_CASE("json_reader: what is no value of an enum is refused with its values") {
  for (const ReadCase& test : kWrongEnums) Check(test);
}

TEST_CASE("json_reader: a default value is written only where the field has presence") {
  std::string wire;
  JsonReader reader(testing::Types().Type("Scalars"));
  REQUIRE(reader.Read(R"({"i32":0,"u64":"0","flt":0,"flag":false,"text":"","data":"","color":0})", wire));
  CHECK(wire.empty());
  CHECK(Read("Scalars", R"({"maybe":0})") == "maybe: 0");
}

// ---- null ----

TEST_CASE("json_reader: null leaves a field of any kind unset") {
  CHECK(Read("Scalars", R"({"i32":null,"dbl":null,"flag":null,"text":null,"data":null,"color":null})") == "");
  CHECK(Read("Repeated", R"({"i32":null,"inner":null})") == "");
  CHECK(Read("Maps", R"({"counts":null})") == "");
  CHECK(Read("Inner", R"({"next":null})") == "");
}

TEST_CASE("json_reader: null is no element, no key and no value of a map") {
  CHECK(Read("Repeated", R"({"i32":[1,null]})") == "line 1, column 11: i32[1]: expected int32, found null");
  CHECK(Read("Repeated", R"({"inner":[null]})") ==
        "line 1, column 11: inner[0]: expected message jsontest.Inner (an object), found null");
  CHECK(Read("Maps", R"({"counts":{"a":null}})") ==
        "line 1, column 16: counts[a]: expected int32, found null");
  CHECK(Read("Maps", R"({"names":{null:"x"}})") ==
        "line 1, column 11: names: expected a name in double quotes, found 'null' | "
        "names are written in double quotes");
}

// ---- repeated fields ----

TEST_CASE("json_reader: repeated fields of every kind keep their order") {
  CHECK(Read("Repeated", R"({"i32":[1,-2],"loose":[3,4],"dbl":[0.5],"flag":[true,false],"text":["a",""],
                             "data":["AA"],"color":["COLOR_RED",2],"inner":[{"a":1},{}],"s64":["-1"]})") ==
        R"(i32: 1 i32: -2 loose: 3 loose: 4 dbl: 0.5 flag: true flag: false text: "a" text: "" data: "\000" )"
        "color: COLOR_RED color: COLOR_GREEN inner { a: 1 } inner { } s64: -1");
}

TEST_CASE("json_reader: a packed field is one run of bytes, an unpacked one is not") {
  std::string wire;
  JsonReader reader(testing::Types().Type("Repeated"));
  REQUIRE(reader.Read(R"({"i32":[1,2],"loose":[1,2]})", wire));
  CHECK(wire == std::string("\x0a\x02\x01\x02\x10\x01\x10\x02", 8));
}

TEST_CASE("json_reader: an empty array leaves nothing on the wire") {
  std::string wire;
  JsonReader reader(testing::Types().Type("Repeated"));
  REQUIRE(reader.Read(R"({"i32":[],"loose":[],"inner":[],"text":[]})", wire));
  CHECK(wire.empty());
}

TEST_CASE("json_reader: a packed field longer than 127 bytes is whole") {
  std::string json = R"({"i32":[0)", expected = "i32: 0";
  for (int i = 1; i < 1000; ++i) {
    json += fmt::format(",{}", i);
    expected += fmt::format(" i32: {}", i);
  }
  CHECK(Read("Repeated", json + "]}") == expected);
}

constexpr ReadCase kWrongArrays[] = {
    {"Repeated", R"({"i32":[1,"x"]})", "line 1, column 11: i32[1]: expected int32, found string \"x\""},
    {"Repeated", R"({"i32":1})", "line 1, column 8: i32: expected repeated int32 (an array), found number 1"},
    {"Repeated", R"({"inner":{"a":1}})",
     "line 1, column 10: inner: expected repeated message jsontest.Inner (an array), found an object"},
    {"Repeated", R"({"i32":[[1]]})", "line 1, column 9: i32[0]: expected int32, found an array"},
    {"Repeated", R"({"i32":[{}]})", "line 1, column 9: i32[0]: expected int32, found an object"},
    {"Repeated", R"({"inner":[{"a":1},2]})",
     "line 1, column 19: inner[1]: expected message jsontest.Inner (an object), found number 2"},
    {"Repeated", R"({"inner":[{"a":1},{"b":1}]})",
     "line 1, column 20: inner[1].b: no such field in jsontest.Inner | did you mean 'a'?"},
};

TEST_CASE("json_reader: a wrong element is named by its index") {
  for (const ReadCase& test : kWrongArrays) Check(test);
}

// ---- maps ----

TEST_CASE("json_reader: maps take keys of every kind as strings") {
  CHECK(Read("Maps", R"({"counts":{"a":1},"names":{"-1":"x"},"answers":{"true":"t"},"data":{"-1":"AA=="},
                         "inners":{"18446744073709551615":{"a":1}},"colors":{"r":"COLOR_RED"}})") ==
        R"(counts { key: "a" value: 1 } names { key: -1 value: "x" } answers { key: true value: "t" } )"
        R"(inners { key: 18446744073709551615 value { a: 1 } } colors { key: "r" value: COLOR_RED } )"
        R"(data { key: -1 value: "\000" })");
}

TEST_CASE("json_reader: a map entry keeps a key and a value that are defaults") {
  CHECK(Read("Maps", R"({"counts":{"":0},"names":{"0":""}})") ==
        R"(counts { key: "" value: 0 } names { key: 0 value: "" })");
}

TEST_CASE("json_reader: the key of a map may be written with escapes") {
  CHECK(Read("Maps", R"({"names":{"\u0031":"x"},"answers":{"tr\u0075e":"y"}})") ==
        R"(names { key: 1 value: "x" } answers { key: true value: "y" })");
}

constexpr ReadCase kWrongMaps[] = {
    {"Maps", R"({"counts":{"a":1,"b":2,"a":3}})", "line 1, column 24: counts[a]: the key is given twice"},
    {"Maps", R"({"counts":{"a":1,"\u0061":3}})",
     "line 1, column 18: counts[\\u0061]: the key is given twice"},
    {"Maps", R"({"names":{"1":"x","1.0":"y"}})", "line 1, column 19: names[1.0]: the key is given twice"},
    {"Maps", R"({"names":{"x":"x"}})",
     "line 1, column 11: names[x]: key: expected int32, found string \"x\""},
    {"Maps", R"({"names":{"2147483648":"x"}})",
     "line 1, column 11: names[2147483648]: key: 2147483648 is out of range for int32"},
    {"Maps", R"({"answers":{"True":"x"}})",
     "line 1, column 13: answers[True]: key: expected bool, found string \"True\""},
    {"Maps", R"({"counts":{"a":"x"}})", "line 1, column 16: counts[a]: expected int32, found string \"x\""},
    {"Maps", R"({"counts":[1]})",
     "line 1, column 11: counts: expected map<string, int32> (an object), found an array"},
    {"Maps", R"({"counts":5})",
     "line 1, column 11: counts: expected map<string, int32> (an object), found number 5"},
    {"Maps", R"({"nested":{"x":{"nested":{"y.z":{"counts":{"z":"w"}}}}}})",
     "line 1, column 48: nested[x].nested[y.z].counts[z]: expected int32, found string \"w\""},
};

TEST_CASE("json_reader: a wrong entry of a map is named by its key") {
  for (const ReadCase& test : kWrongMaps) Check(test);
}

TEST_CASE("json_reader: one key in two maps is no duplicate") {
  CHECK(Read("Maps", R"({"nested":{"x":{"counts":{"a":1}},"y":{"counts":{"a":2}}},"counts":{"a":3}})") ==
        R"(counts { key: "a" value: 3 } nested { key: "x" value { counts { key: "a" value: 1 } } } )"
        R"(nested { key: "y" value { counts { key: "a" value: 2 } } })");
}

TEST_CASE("json_reader: a duplicate is found in a map of many keys") {
  std::string json = R"({"counts":{)";
  for (int i = 0; i < 5000; ++i) json += fmt::format(R"("k{}":1,)", i);
  CHECK(Read("Maps", json + R"("k77":1}})") ==
        fmt::format("line 1, column {}: counts[k77]: the key is given twice", json.size() + 1));
}

// ---- oneofs ----

TEST_CASE("json_reader: one member of a oneof may be set, and keeps its default value") {
  CHECK(Read("Choice", R"({"number":0,"left":false})") == "number: 0 left: false");
  CHECK(Read("Choice", R"({"text":""})") == R"(text: "")");
  CHECK(Read("Choice", R"({"inner":{}})") == "inner { }");
}

TEST_CASE("json_reader: a null member of a oneof does not count") {
  CHECK(Read("Choice", R"({"number":null,"text":"a","inner":null})") == R"(text: "a")");
}

TEST_CASE("json_reader: null sets a member that has a null value") {
  CHECK(Read("Choice", R"({"nothing":null})") == "nothing: NULL_VALUE");
  CHECK(Read("Choice", R"({"anything":null})") == "anything { null_value: NULL_VALUE }");
}

TEST_CASE("json_reader: two members of a oneof are refused, and the other one is named") {
  CHECK(Read("Choice", R"({"left":true,"right":true})") ==
        "line 1, column 14: right: 'left' of the same oneof (other) is set already | "
        "set one of 'left' or 'right'");
  CHECK(Read("Choice", R"({"nothing":null,"inner":{}})") ==
        "line 1, column 17: inner: 'nothing' of the same oneof (kind) is set already | "
        "set one of 'number', 'text', 'inner', 'nothing' or 'anything'");
}

TEST_CASE("json_reader: of several members that may be the one that is set none is named") {
  CHECK(Read("Choice", R"({"text":null,"number":1,"inner":{}})") ==
        "line 1, column 25: inner: another member of the same oneof (kind) is set already | "
        "set one of 'number', 'text', 'inner', 'nothing' or 'anything'");
}

// ---- unknown fields allowed ----

const ReadOptions kAllowUnknown{.allow_unknown = true};

TEST_CASE("json_reader: allowed unknown fields are skipped whole") {
  CHECK(Read("Scalars", R"({"x":{"a":[1,{"b":null}],"c":"]}"},"i32":5,"y":[[],[{}]],"z":1e5})",
             kAllowUnknown) == "i32: 5");
  CHECK(Read("Inner", R"({"next":{"x":true,"a":1}})", kAllowUnknown) == "next { a: 1 }");
}

TEST_CASE("json_reader: what is skipped is still JSON") {
  CHECK(Read("Scalars", R"({"x":{"a":[1,}]}})", kAllowUnknown) ==
        "line 1, column 14: x.a[1]: expected a value, found '}' | JSON takes no comma after the last one");
  CHECK(Read("Scalars", R"({"x":{"name":"\q"}})", kAllowUnknown) ==
        "line 1, column 15: x.name: '\\q' is no escape of JSON");
}

TEST_CASE("json_reader: allowed unknown enum names leave a field unset and drop elements and entries") {
  CHECK(Read("Scalars", R"({"color":"NEW"})", kAllowUnknown) == "");
  CHECK(Read("Repeated", R"({"color":["COLOR_RED","NEW","COLOR_GREEN"]})", kAllowUnknown) ==
        "color: COLOR_RED color: COLOR_GREEN");
  CHECK(Read("Repeated", R"({"color":["NEW"]})", kAllowUnknown) == "");
  CHECK(Read("Maps", R"({"colors":{"a":"COLOR_RED","b":"NEW","c":"COLOR_GREEN"}})", kAllowUnknown) ==
        R"(colors { key: "a" value: COLOR_RED } colors { key: "c" value: COLOR_GREEN })");
}

// ---- the document ----

constexpr ReadCase kNoObjects[] = {
    {"User", "null", "line 1, column 1: expected message jsontest.User (an object), found null"},
    {"User", " [{}]",
     "line 1, column 2: expected message jsontest.User (an object), found an array | documents follow one "
     "another without brackets: {...} {...}"},
    {"User", "true", "line 1, column 1: expected message jsontest.User (an object), found true"},
    {"User", "-5", "line 1, column 1: expected message jsontest.User (an object), found number -5"},
    {"User", "\"x\"", "line 1, column 1: expected message jsontest.User (an object), found string \"x\""},
    {"User", "", "line 1, column 1: expected a JSON value, found the end of the document"},
    {"User", "\n ", "line 2, column 2: expected a JSON value, found the end of the document"},
};

TEST_CASE("json_reader: a message is an object and nothing else") {
  for (const ReadCase& test : kNoObjects) Check(test);
}

TEST_CASE("json_reader: the path leads through objects, arrays and maps") {
  CHECK(Read("Holder", "{\n  \"user\": {\"tags\": [1, 2, \"x\"]}}") ==
        "line 2, column 27: user.tags[2]: expected int32, found string \"x\"");
  CHECK(Read("User", R"({"friend":{"friends":[{},{"friend":{"labels":{"env":[]}}}]}})") ==
        "line 1, column 53: friend.friends[1].friend.labels[env]: expected int32, found an array");
}

TEST_CASE("json_reader: columns count characters, and lines go on from where the document begins") {
  CHECK(Read("User", "{\"name\":\"h\xc3\xa9llo \xf0\x9f\x98\x80\",\"tags\":5}") ==
        "line 1, column 26: tags: expected repeated int32 (an array), found number 5");
  JsonReader reader(testing::Types().Type("User"));
  std::string wire;
  CHECK(reader.Read("{\"name\":5}", wire, {7, 11}).error().message ==
        "line 7, column 19: name: expected string, found number 5");
  CHECK(reader.Read("{\n\"name\":5}", wire, {7, 11}).error().message ==
        "line 8, column 8: name: expected string, found number 5");
}

TEST_CASE("json_reader: a byte order mark before the document is skipped") {
  CHECK(Read("User", "\xEF\xBB\xBF{\"name\":\"a\"}") == R"(name: "a")");
  CHECK(Read("User", "\xEF\xBB\xBF{\"name\":1}") ==
        "line 1, column 9: name: expected string, found number 1 | a string stands in double quotes: \"1\"");
}

TEST_CASE("json_reader: what was read is appended, and an error leaves the bytes as they were") {
  JsonReader reader(testing::Types().Type("Scalars"));
  std::string wire = "before";
  CHECK_FALSE(reader.Read(R"({"text":"abc","i32":"x"})", wire));
  CHECK(wire == "before");
  REQUIRE(reader.Read(R"({"i32":5})", wire));
  CHECK(wire == "before\x08\x05");
}

TEST_CASE("json_reader: a reader is as new after an error in the middle of everything") {
  JsonReader reader(testing::Types().Type("Maps"));
  std::string wire;
  CHECK_FALSE(reader.Read(R"({"nested":{"a":{"counts":{"b":1,"c":"x"}}}})", wire));
  REQUIRE(reader.Read(R"({"nested":{"a":{"counts":{"b":1}}}})", wire));
  CHECK(testing::TextOf(testing::Types().Type("Maps"), wire) ==
        R"(nested { key: "a" value { counts { key: "b" value: 1 } } })");
}

TEST_CASE("json_reader: messages nest with lengths of any size") {
  const std::string text(200, 'x');
  const std::string json =
      fmt::format(R"({{"next":{{"next":{{"a":1,"longText":"{}"}},"a":2}},"a":3}})", text);
  CHECK(Read("Inner", json) == fmt::format(R"(a: 3 next {{ a: 2 next {{ a: 1 long_text: "{}" }} }})", text));
}

// ---- limits ----

std::string Nested(size_t depth) {
  std::string json;
  for (size_t i = 1; i < depth; ++i) json += R"({"next":)";
  return json + "{}" + std::string(depth - 1, '}');
}

TEST_CASE("json_reader: objects nest 100 deep and no deeper") {
  JsonReader reader(testing::Types().Type("Inner"));
  std::string wire;
  CHECK(reader.Read(Nested(100), wire));
  const Result<void> read = reader.Read(Nested(101), wire);
  REQUIRE_FALSE(read);
  CHECK(read.error().message.starts_with("line 1, column 801: ...next.next."));
  CHECK(read.error().message.ends_with(".next.next: nested more than 100 deep"));
}

TEST_CASE("json_reader: ten million brackets are refused without going through them") {
  const std::string brackets(10'000'000, '[');
  CHECK(Read("google.protobuf.Value", brackets).ends_with("[0][0]: nested more than 100 deep"));
  CHECK(Read("Inner", fmt::format(R"({{"x":{})", brackets), kAllowUnknown)
            .ends_with("[0][0]: nested more than 100 deep"));
}

TEST_CASE("json_reader: what a document holds is safe to show in the error") {
  CHECK(Read("Scalars", "{\"\xe2\x80\xae\\u001b\":1}") ==
        "line 1, column 2: \\u202e\\u001b: no such field in jsontest.Scalars");
  CHECK(Read("Scalars", R"({"i32":"\u001b[2J\u202e"})") ==
        R"(line 1, column 8: i32: expected int32, found string "\x1b[2J\u202e")");
  CHECK(Read("Scalars", fmt::format(R"({{"i32":"{}"}})", std::string(1000, 'x'))) ==
        fmt::format(R"(line 1, column 8: i32: expected int32, found string "{}...")", std::string(60, 'x')));
}

}  // namespace
}  // namespace rpcctl
