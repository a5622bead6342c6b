#include "render/json_colour.h"

#include <doctest/doctest.h>

#include "tests/support/without_escapes.h"

namespace rpcctl {
namespace {

std::string Coloured(std::string_view json) {
  std::string out;
  AppendColoured(json, out);
  return out;
}

constexpr std::string_view kDocuments[] = {
    "",
    "{}",
    "[]",
    "null",
    "true",
    "-1.5e+20",
    R"("")",
    R"("a\"b\\")",
    R"({"a":1,"b":[1,2,{"c":null}],"d":"x:y","e":{}})",
    R"({"a:b":"c\":d","\"":"\\"})",
    R"("\u001b[2J\u202e")",
    "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    false\n  ],\n  \"c\": {}\n}",
    "{\"größe\": \"世界 😀\"}",
    "{\"a\":\"NaN\",\"b\":\"-Infinity\"}",
    // not JSON
    "\"open",
    "\"open\\",
    "\"",
    "{]:,",
    "<html>&nbsp;</html>",
    "nulltrue12abc",
    "\t\r\n ",
};

TEST_CASE("json colour: taking the colours out gives the document back, byte for byte") {
  for (const std::string_view json : kDocuments) {
    CAPTURE(json);
    CHECK(WithoutEscapes(Coloured(json)) == json);
  }
}

TEST_CASE("json colour: names, strings, numbers and words have colours of their own, punctuation has none") {
  CHECK(Coloured(R"({"a":"x","b":-1.5e+20,"c":null})") ==
        "{\x1b[1;34m\"a\"\x1b[0m:\x1b[32m\"x\"\x1b[0m,"
        "\x1b[1;34m\"b\"\x1b[0m:\x1b[36m-1.5e+20\x1b[0m,"
        "\x1b[1;34m\"c\"\x1b[0m:\x1b[35mnull\x1b[0m}");
}

TEST_CASE("json colour: an indented document has the same colours") {
  CHECK(Coloured("{\n  \"a\": [\n    true\n  ]\n}") ==
        "{\n  \x1b[1;34m\"a\"\x1b[0m: [\n    \x1b[35mtrue\x1b[0m\n  ]\n}");
}

TEST_CASE("json colour: a quote or colon inside a string does not end it") {
  CHECK(Coloured(R"("a\":\\")") == "\x1b[32m\"a\\\":\\\\\"\x1b[0m");
}

TEST_CASE("json colour: appends behind what is there") {
  std::string out = "> ";
  AppendColoured("{}", out);
  CHECK(out == "> {}");
}

}  // namespace
}  // namespace rpcctl
