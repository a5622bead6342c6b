#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

std::string AnyOf(const std::string& type, const std::string& content) {
  return WireLengthDelimited(1, "type.googleapis.com/" + type) + WireLengthDelimited(2, content);
}

std::string AnyJson(const std::string& type, const std::string& content) {
  return WrittenJson("google.protobuf.Any", AnyOf(type, content));
}

TEST_CASE("json writer: an Any is the object packed into it, with its type") {
  CHECK(AnyJson("out.Tree", WireLengthDelimited(1, "x")) ==
        R"({"@type":"type.googleapis.com/out.Tree","name":"x"})");
  CHECK(AnyJson("out.Tree", "") == R"({"@type":"type.googleapis.com/out.Tree"})");
  CHECK(AnyJson("google.protobuf.Empty", "") == R"({"@type":"type.googleapis.com/google.protobuf.Empty"})");
}

TEST_CASE("json writer: an empty Any is an empty object") {
  CHECK(WrittenJson("google.protobuf.Any", "") == "{}");
}

TEST_CASE("json writer: a well-known type in an Any stands under value") {
  CHECK(AnyJson("google.protobuf.Duration", WireTagBytes(1, 0) + "\x03") ==
        R"({"@type":"type.googleapis.com/google.protobuf.Duration","value":"3s"})");
  CHECK(AnyJson("google.protobuf.Struct", "") ==
        R"({"@type":"type.googleapis.com/google.protobuf.Struct","value":{}})");
  CHECK(AnyJson("google.protobuf.Int64Value", WireTagBytes(1, 0) + "\x05") ==
        R"({"@type":"type.googleapis.com/google.protobuf.Int64Value","value":"5"})");
}

TEST_CASE("json writer: an Any in an Any") {
  CHECK(AnyJson("google.protobuf.Any", AnyOf("out.Tree", WireLengthDelimited(1, "x"))) ==
        R"({"@type":"type.googleapis.com/google.protobuf.Any",)"
        R"("value":{"@type":"type.googleapis.com/out.Tree","name":"x"}})");
}

TEST_CASE("json writer: the type of an Any stands behind the last slash of its URL") {
  const auto json = [](const std::string& url) {
    return WrittenJson("google.protobuf.Any",
                       WireLengthDelimited(1, url) + WireLengthDelimited(2, "\x0a\x01x"));
  };
  CHECK(json("a/b/out.Tree") == R"({"@type":"a/b/out.Tree","name":"x"})");
  CHECK(json("out.Tree") == R"({"@type":"out.Tree","name":"x"})");
  CHECK(json("out.Tree/") == R"({"@type":"out.Tree/","@value":"CgF4"})");
  CHECK(json("") == R"({"@type":"","@value":"CgF4"})");
}

TEST_CASE("json writer: an Any of an unknown type is its bytes, and the document goes on") {
  CHECK(WrittenText("out.WellKnown", "any { type_url: 'x/no.Such' value: 'abc' } i32 { value: 1 }") ==
        R"({"any":{"@type":"x/no.Such","@value":"YWJj"},"i32":1})");
  CHECK(WrittenText("out.WellKnown", "any { type_url: 'x/no.Such' }") ==
        R"({"any":{"@type":"x/no.Such","@value":""}})");
  CHECK(AnyJson("out.Tree.NamedEntry", "") ==
        R"({"@type":"type.googleapis.com/out.Tree.NamedEntry","@value":""})");
}

TEST_CASE("json writer: an Any whose content is not of its type is its bytes") {
  CHECK(AnyJson("out.Tree", "\x0a\x05") == R"({"@type":"type.googleapis.com/out.Tree","@value":"CgU="})");
  CHECK(AnyJson("out.Tree", WireLengthDelimited(1, "\xff")) ==
        R"({"@type":"type.googleapis.com/out.Tree","@value":"CgH/"})");
}

TEST_CASE(
    "json writer: an Any whose content has no JSON form is its bytes, with nothing left of the attempt") {
  const std::string content = WriterTypes::Get().Wire(
      "out.WellKnown", "length { seconds: 1 } value { number_value: nan } i32 { value: 1 }");
  JsonStyle style;
  style.layout = JsonLayout::kIndented;
  CHECK(WrittenJson("google.protobuf.Any", AnyOf("out.WellKnown", content), style) ==
        "{\n"
        "  \"@type\": \"type.googleapis.com/out.WellKnown\",\n"
        "  \"@value\": \"EgIIASoJEQAAAAAAAPh/cgIIAQ==\"\n"
        "}");
}

TEST_CASE("json writer: extensions inside an Any are known") {
  CHECK(AnyJson("old.Order", WriterTypes::Get().Wire("old.Order", "[old.remark]: 'x'")) ==
        R"({"@type":"type.googleapis.com/old.Order","[old.remark]":"x"})");
}

TEST_CASE("json writer: without a pool, a built-in type knows only the built-in ones") {
  JsonWriter writer(WriterTypes::Get().Type("google.protobuf.Any"));
  std::string out;
  CHECK(writer.Write(AnyOf("out.Tree", ""), out));
  CHECK(out == R"({"@type":"type.googleapis.com/out.Tree","@value":""})");
}

TEST_CASE("json writer: Anys inside each other are opened sixteen deep, then shown as bytes") {
  std::string content = AnyOf("out.Tree", "");
  for (int i = 0; i < 200; ++i) content = AnyOf("google.protobuf.Any", content);
  const std::string json = WrittenJson("google.protobuf.Any", content);
  size_t opened = 0;
  for (size_t at = json.find("\"value\":"); at != std::string::npos; at = json.find("\"value\":", at + 1))
    ++opened;
  CHECK(opened == 16);
  CHECK(json.find("\"@value\":\"") != std::string::npos);
  CHECK(json.ends_with("\"}}}}}}}}}}}}}}}}}"));
}

TEST_CASE("json writer: what an Any holds counts in the depth of the document") {
  const auto nested = [](int around, int inside) {
    return WrittenJson(
        "out.Deep", WireNested(1, around, WireLengthDelimited(2, AnyOf("out.Tree", WireNested(2, inside)))));
  };
  CHECK(nested(50, 48).find("@value") == std::string::npos);
  CHECK(nested(50, 49).find("@value") != std::string::npos);
}

TEST_CASE("json writer: a hostile type URL is escaped") {
  CHECK(WrittenText("google.protobuf.Any", R"(type_url: "x/\033[2J\"")") ==
        R"({"@type":"x/\u001b[2J\"","@value":""})");
}

}  // namespace
}  // namespace rpcctl
