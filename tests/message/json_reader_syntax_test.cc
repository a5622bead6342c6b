// What is not JSON, and how JsonReader says so.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/json_types.h"

namespace rpcctl {
namespace {

using testing::Read;

// One text, read as a jsontest.User, and the error.
struct SyntaxCase {
  std::string json;
  std::string expected;
};

void Check(const SyntaxCase& test) {
  CAPTURE(test.json);
  CHECK(Read("User", test.json) == test.expected);
}

const SyntaxCase kCutShort[] = {
    {R"({)", "line 1, column 2: expected a name in double quotes, found the end of the document"},
    {R"({"name)", "line 1, column 7: the string is not closed"},
    {R"({"name")", "line 1, column 8: name: expected ':' after the name, found the end of the document"},
    {R"({"name":)", "line 1, column 9: name: expected a value, found the end of the document"},
    {R"({"name":"a)", "line 1, column 11: name: the string is not closed"},
    {R"({"name":"a\)", "line 1, column 11: name: the string is not closed"},
    {R"({"name":"a")", "line 1, column 12: expected ',' or '}', found the end of the document"},
    {R"({"name":"a",)", "line 1, column 13: expected a name in double quotes, found the end of the document"},
    {R"({"tags":[)", "line 1, column 10: tags[0]: expected a value, found the end of the document"},
    {R"({"tags":[1)", "line 1, column 11: tags: expected ',' or ']', found the end of the document"},
    {R"({"tags":[-)", "line 1, column 10: tags[0]: expected a value, found '-'"},
};

TEST_CASE("json_reader: a document that is cut short says what was to come") {
  for (const SyntaxCase& test : kCutShort) Check(test);
}

const SyntaxCase kPunctuation[] = {
    {R"({"name":"a",})",
     "line 1, column 13: expected a name in double quotes, found '}' | JSON takes no comma after the last "
     "one"},
    {R"({"tags":[1,]})",
     "line 1, column 12: tags[1]: expected a value, found ']' | JSON takes no comma after the last one"},
    {R"({"tags":[1 2]})", "line 1, column 12: tags: expected ',' or ']', found '2'"},
    {R"({"tags":[,1]})", "line 1, column 10: tags[0]: expected a value, found ','"},
    {R"({"tags":[1}})", "line 1, column 11: tags: expected ',' or ']', found '}'"},
    {R"({"name":"a"])", "line 1, column 12: expected ',' or '}', found ']'"},
    {R"({"name" "a"})", "line 1, column 9: name: expected ':' after the name, found '\"'"},
    {R"({"name":"a" "tags":[]})", "line 1, column 13: expected ',' or '}', found '\"'"},
    {R"({"friend":{"name":"a" "tags":[]}})", "line 1, column 23: friend: expected ',' or '}', found '\"'"},
    {R"({"name":"a";})", "line 1, column 12: expected ',' or '}', found ';'"},
};

TEST_CASE("json_reader: wrong commas, colons and brackets are refused where they stand") {
  for (const SyntaxCase& test : kPunctuation) Check(test);
}

const SyntaxCase kHabits[] = {
    {R"({'name':"a"})",
     "line 1, column 2: expected a name in double quotes, found a single quote | JSON takes double quotes "
     "only"},
    {R"({"name":'a'})",
     "line 1, column 9: name: expected a value, found a single quote | JSON takes double quotes only"},
    {R"({name:"a"})",
     "line 1, column 2: expected a name in double quotes, found 'name' | names are written in double quotes"},
    {"// x\n{}", "line 1, column 1: expected a value, found '/' | JSON has no comments"},
    {"{\n  /* x */}", "line 2, column 3: expected a name in double quotes, found '/' | JSON has no comments"},
    {"# x", "line 1, column 1: expected a value, found '#' | JSON has no comments"},
    {R"({"tags":[NaN]})",
     "line 1, column 10: tags[0]: expected a value, found 'NaN' | write it in double quotes"},
    {R"({"tags":[None]})", "line 1, column 10: tags[0]: expected a value, found 'None'"},
    {R"({"tags":[nul]})", "line 1, column 10: tags[0]: expected a value, found 'nul'"},
    {R"({"tags":[TRUE]})", "line 1, column 10: tags[0]: expected a value, found 'TRUE'"},
};

TEST_CASE("json_reader: habits of other languages are refused with a hint") {
  for (const SyntaxCase& test : kHabits) Check(test);
}

const SyntaxCase kNumbers[] = {
    {R"({"tags":[01]})",
     "line 1, column 11: tags: expected ',' or ']', found '1' | numbers have no leading zeros"},
    {R"({"tags":[-01]})",
     "line 1, column 12: tags: expected ',' or ']', found '1' | numbers have no leading zeros"},
    {R"({"tags":[+1]})", "line 1, column 10: tags[0]: expected a value, found '+1'"},
    {R"({"tags":[.5]})", "line 1, column 10: tags[0]: expected a value, found '.5'"},
    {R"({"tags":[1.]})", "line 1, column 12: tags[0]: expected a digit after the decimal point, found ']'"},
    {R"({"tags":[1e]})", "line 1, column 12: tags[0]: expected a digit in the exponent, found ']'"},
    {R"({"tags":[0x10]})", "line 1, column 11: tags: expected ',' or ']', found 'x10'"},
    {R"({"tags":[1e999]})", "line 1, column 10: tags[0]: 1e999 is out of range"},
};

TEST_CASE("json_reader: numbers that JSON does not have are refused") {
  for (const SyntaxCase& test : kNumbers) Check(test);
}

const SyntaxCase kStrings[] = {
    {R"({"name":"\x"})", "line 1, column 10: name: '\\x' is no escape of JSON"},
    {R"({"name":"\U8C37"})", "line 1, column 10: name: '\\U' is no escape of JSON"},
    {R"({"name":"\u12"})", "line 1, column 10: name: '\\u' takes four hexadecimal digits"},
    {R"({"name":"\uXXXX"})", "line 1, column 10: name: '\\u' takes four hexadecimal digits"},
    {R"({"na\x":"a"})", "line 1, column 5: '\\x' is no escape of JSON"},
    {R"({"tags":["a\x"]})", "line 1, column 12: tags[0]: '\\x' is no escape of JSON"},
    {"{\"name\":\"a\nb\"}", "line 1, column 11: name: a line break in a string is written as \\n"},
    {"{\"name\":\"a\tb\"}", "line 1, column 11: name: a tab in a string is written as \\t"},
    {"{\"name\":\"a\x01\"}",
     "line 1, column 11: name: the control character U+0001 in a string is written as \\u0001"},
    {"{\"name\":\"a long string of text\x1f\"}",
     "line 1, column 31: name: the control character U+001F in a string is written as \\u001f"},
    {std::string("{\"name\":\"a\0b\"}", 14),
     "line 1, column 11: name: a string must not hold the control character U+0000"},
};

TEST_CASE("json_reader: characters that a string must escape, and wrong escapes, are refused") {
  for (const SyntaxCase& test : kStrings) Check(test);
}

const SyntaxCase kSurrogates[] = {
    {R"({"name":"\ud800"})", "line 1, column 10: name: '\\ud800' is one half of a surrogate pair"},
    {R"({"name":"\ud800x"})", "line 1, column 10: name: '\\ud800' is one half of a surrogate pair"},
    {R"({"name":"\ud800\ud800"})", "line 1, column 10: name: '\\ud800' is one half of a surrogate pair"},
    {R"({"name":"\udc00"})", "line 1, column 10: name: '\\udc00' is one half of a surrogate pair"},
    {R"({"name":"\uDE01\uD83D"})", "line 1, column 16: name: '\\uD83D' is one half of a surrogate pair"},
    {R"({"name":"a\\udc00\ud83d\ude00b\uDC00"})",
     "line 1, column 31: name: '\\uDC00' is one half of a surrogate pair"},
    {R"({"\udc00":"a"})", "line 1, column 3: '\\udc00' is one half of a surrogate pair"},
};

TEST_CASE("json_reader: half of a surrogate pair is refused, high or low") {
  for (const SyntaxCase& test : kSurrogates) Check(test);
}

TEST_CASE("json_reader: a backslash before 'u' that is itself escaped begins no escape") {
  CHECK(Read("User", R"({"name":"\\udc00 \ud7ff \ue000"})") ==
        R"(name: "\\udc00 \355\237\277 \356\200\200")");
}

const SyntaxCase kEncoding[] = {
    {"{\"name\":\"a\xff\"}",
     "line 1, column 11: name: a string must not hold the byte 0xff, which is not UTF-8"},
    {"{\"name\":\"a\xc3\"}",
     "line 1, column 11: name: a string must not hold the byte 0xc3, which is not UTF-8"},
    {"{\"name\":\"\xed\xa0\x80\"}",
     "line 1, column 10: name: a string must not hold the byte 0xed, which is not UTF-8"},
    {"{\"name\":\"\xc0\x80\"}",
     "line 1, column 10: name: a string must not hold the byte 0xc0, which is not UTF-8"},
    {"{\"na\xffme\":1}", "line 1, column 5: a string must not hold the byte 0xff, which is not UTF-8"},
    {"{\"name\":\"a\"\xff}",
     "line 1, column 12: expected ',' or '}', found the byte 0xff, which is not UTF-8"},
    {"{\"tags\":[12\xff]}",
     "line 1, column 12: tags: expected ',' or ']', found the byte 0xff, which is not UTF-8"},
    {"{}\xff",
     "line 1, column 3: expected nothing after the document, found the byte 0xff, which is not UTF-8"},
    {"\xff\xfe{", "line 1, column 1: expected a JSON value, found the byte 0xff, which is not UTF-8"},
};

TEST_CASE("json_reader: bytes that are not UTF-8 are refused wherever they are") {
  for (const SyntaxCase& test : kEncoding) Check(test);
}

TEST_CASE("json_reader: of two faults the first is told, even when the second is in the encoding") {
  CHECK(Read("User", "{\"name\":5,\"x\":\"\xff\"}") ==
        "line 1, column 9: name: expected string, found number 5 | a string stands in double quotes: \"5\"");
}

const SyntaxCase kAfterwards[] = {
    {"{}x", "line 1, column 3: expected nothing after the document, found 'x'"},
    {"{} {}", "line 1, column 4: expected nothing after the document, found '{'"},
    {"{}\n\n}", "line 3, column 1: expected nothing after the document, found '}'"},
    {std::string("{}\0", 3),
     "line 1, column 3: expected nothing after the document, found the control character U+0000"},
    {std::string("{\0}", 3),
     "line 1, column 2: expected a name in double quotes, found the control character U+0000"},
    {"{}\v", "line 1, column 3: expected nothing after the document, found the control character U+000B"},
};

TEST_CASE("json_reader: only white space may follow a document") {
  for (const SyntaxCase& test : kAfterwards) Check(test);
  CHECK(Read("User", "{} \t\r\n") == "");
}

TEST_CASE("json_reader: every text that begins a document is refused, and none is taken for the whole") {
  const std::string json =
      R"({"name":"a\u00e9\n","tags":[1,-2.0e1],"friend":{"labels":{"x":1}},"friends":[{},{}]})";
  REQUIRE(Read("User", json).starts_with("name: "));
  for (size_t size = 0; size < json.size(); ++size) {
    CAPTURE(size);
    CHECK(Read("User", json.substr(0, size)).starts_with("line 1, column "));
  }
}

}  // namespace
}  // namespace rpcctl
