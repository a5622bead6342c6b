// protobuf's text format, out and in.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "message/text_reader.h"
#include "message/text_writer.h"
#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

KnownTypes Known() {
  return Completed({}, Types().Type("items.Point"));
}

std::string Wire(const std::string& type, const std::string& text) {
  std::string wire;
  const Result<void> read = TextReader(Types().Type(type), {.known = Known()}).Read(text, wire, {});
  REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
  return wire;
}

// What is wrong with `text`.
std::string Refusal(const std::string& type, const std::string& text, ReadOptions options = {},
                    TextPosition start = {}) {
  options.known = Known();
  std::string wire = "before";
  const Result<void> read = TextReader(Types().Type(type), options).Read(text, wire, start);
  CHECK(wire.starts_with("before"));
  if (read) return "no error";
  CHECK(read.error().kind == ErrorKind::kInput);
  CHECK(wire == "before");
  return read.error().message;
}

std::string Written(const std::string& type, const std::string& wire) {
  std::string out;
  const Result<void> written = TextWriter(Types().Type(type), Known()).Write(wire, out);
  return written ? out : "error: " + written.error().message;
}

// `text` read and written again.
std::string Through(const std::string& type, const std::string& text) {
  return Written(type, Wire(type, text));
}

TEST_CASE("text format: an Any whose URL the brackets cannot hold is written by its fields") {
  for (const char* url : {"8/items.Point", "a-b.com/items.Point", "a/b/items.Point", "a./items.Point"}) {
    const std::string text = fmt::format("detail {{\n  type_url: \"{}\"\n}}\n", url);
    CHECK(Through("items.Known", text) == text);
  }
  CHECK(Through("items.Known", "detail { type_url: 'x_1.y/items.Point' }") ==
        "detail {\n  [x_1.y/items.Point] {\n  }\n}\n");
}

TEST_CASE("text format: an escape that stands for no character is refused") {
  CHECK(Refusal("items.Scalars", R"(name: "\\ud800" blob: "\ud83d\ude00")") ==
        R"(line 1, column 24: \ud83d is no character)");
  CHECK(Refusal("items.Request", "tags: 'é'\ntags: 'é\\U00110000'", {}, {5, 3}) ==
        R"(line 6, column 9: \U00110000 is no character)");
}

TEST_CASE("text format: what is written reads back as the same") {
  const std::pair<const char*, const char*> kMessages[] = {
      {"items.Scalars", ""},
      {"items.Scalars",
       "d: 1.5\nf: inf\ni32: -3\nu64: 18446744073709551615\nflag: true\nname: \"n\"\nblob: \"\\000\\377\"\n"
       "color: COLOR_RED\nmaybe: 0\n"},
      {"items.Scalars", "color: 77\n"},
      {"items.Request",
       "name: \"a\"\ninner {\n  label: \"x\"\n  inner {\n  }\n}\ntags: \"t\"\ntags: \"u\"\n"},
      {"items.Maps",
       "labels {\n  key: \"a\"\n  value: \"1\"\n}\nlabels {\n  key: \"b\"\n  value: \"2\"\n}\n"},
      {"items.Known", "at {\n  seconds: 5\n}\nmaybe_flag {\n}\n"},
      {"items2.Old", "name: \"o\"\nAddress {\n  city: \"c\"\n}\n[items2.weight]: 5\n"},
      {"items.Known", "detail {\n  [type.googleapis.com/items.Point] {\n    latitude: 3\n  }\n}\n"},
      {"items.Known",
       "detail {\n  [x.test/items.Known] {\n    detail {\n      [x/items.Point] {\n      }\n    }\n  }\n}\n"},
      {"items.Known", "detail {\n  type_url: \"x/far.Away\"\n  value: \"\\010\\001\"\n}\n"},
      {"google.protobuf.Any", "[x/items.Point] {\n  latitude: 1\n}\n"},
  };
  for (const auto& [type, text] : kMessages) {
    CAPTURE(text);
    CHECK(Through(type, text) == text);
  }
}

TEST_CASE("text format: all of its notations are read") {
  const std::string expected = "name: \"ab\"\nlocation {\n  latitude: 16\n}\ntags: \"x\"\ntags: \"y\"\n";
  for (const char* text : {"name: 'a' \"b\" location < latitude: 0x10 > tags: ['x', 'y']",
                           "# a comment\nname:\"ab\";location:{latitude:020},tags:'x' tags:'y'"}) {
    CAPTURE(text);
    CHECK(Through("items.Request", text) == expected);
  }
}

TEST_CASE("text format: strings are readable, but for what is not safe to show") {
  CHECK(Through("items.Scalars", "name: 'Grüße \\\\ \\\" \\n\\t'") == "name: \"Grüße \\\\ \\\" \\n\\t\"\n");
  const std::string hostile = "name: \"\\033[2J\\302\\233\\342\\200\\256\"\n";
  CHECK(Through("items.Scalars", hostile) == hostile);
  CHECK(Through("items2.Old", "name: '\\377'") == "name: \"\\377\"\n");
}

TEST_CASE("text format: unknown fields are left out, so that it can be read back") {
  CHECK(Written("items.Point", std::string("\x08\x01\x98\x06\x05", 5)) == "latitude: 1\n");
}

TEST_CASE("text format: a response that is no message is the server's fault") {
  CHECK(Written("items.Point", "\x08") ==
        "error: response does not parse: a value cut short at byte 1 in items.Point.latitude");
}

TEST_CASE("text format: an Any whose URL cannot stand in brackets is written as its fields") {
  google::protobuf::Any any;
  any.set_type_url("x\x1b]/items.Point");
  CHECK(Written("google.protobuf.Any", any.SerializeAsString()) == "type_url: \"x\\033]/items.Point\"\n");
  any.set_type_url("x/items.Point");
  any.set_value("\xff");
  CHECK(Written("google.protobuf.Any", any.SerializeAsString()) ==
        "type_url: \"x/items.Point\"\nvalue: \"\\377\"\n");
}

TEST_CASE("text format: Anys inside each other are opened sixteen deep") {
  google::protobuf::Any any;
  any.set_type_url("x/items.Point");
  for (int i = 0; i < 1000; ++i) {
    google::protobuf::Any outer;
    outer.set_type_url("x/google.protobuf.Any");
    outer.set_value(any.SerializeAsString());
    any = outer;
  }
  const std::string text = Written("google.protobuf.Any", any.SerializeAsString());
  size_t opened = 0;
  for (size_t at = text.find("[x/"); at != std::string::npos; at = text.find("[x/", at + 1)) ++opened;
  CHECK(opened == 16);
  CHECK(text.find("type_url: \"x/google.protobuf.Any\"") != std::string::npos);
}

TEST_CASE("text format: what is wrong is told with its place in the file") {
  CHECK(Refusal("items.Point", "latitude: 1\nlatitud: 2") ==
        "line 2, column 8: Message type \"items.Point\" has no field named \"latitud\"");
  CHECK(Refusal("items.Point", "x: 1", {}, {7, 1}).starts_with("line 7, column 2: "));
  CHECK(Refusal("items.Point", "latitude: 3000000000").starts_with("line 1, column "));
  CHECK(Refusal("items.Point", "latitude: 1 latitude: 2").find("latitude") != std::string::npos);
  CHECK(Refusal("items.Scalars", "name: \"\\377\"").find("invalid UTF-8 in items.Scalars.name") !=
        std::string::npos);
  CHECK(Refusal("items.Known", "detail { [x/far.Away] {} }").find("far.Away") != std::string::npos);
  CHECK(Refusal("items.Request", "text: 'a' number: 1") != "no error");
  for (const char* text : {"{", "latitude", "latitude:", "latitude: 1 }", "latitude: \xff", "inner {"}) {
    CAPTURE(text);
    CHECK(Refusal("items.Point", text) != "no error");
  }
}

TEST_CASE("text format: nesting without end is an error, not the end of the stack") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "inner {";
  CHECK(Refusal("items.Request.Inner", text) != "no error");
}

TEST_CASE("text format: required fields, unless more is to come; unknown ones, where they are allowed") {
  CHECK(Refusal("items2.Strict", "name: 'n'").find("id") != std::string::npos);
  CHECK(Refusal("items2.Strict", "name: 'n'", {.allow_missing = true}) == "no error");
  CHECK(Refusal("items.Point", "height: 3 latitude: 1", {.allow_unknown = true}) == "no error");
}

}  // namespace
}  // namespace rpcctl
