#include "schema/proto_text.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

Error Mistake(std::string_view text) {
  const auto parsed = ParseProtoText(text, "a.proto", "dir/a.proto");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::kSchema);
  return parsed.error();
}

std::string Repeated(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST_CASE("proto_text: a file has its name, its content and its places") {
  const auto parsed =
      ParseProtoText("syntax = \"proto3\"; package p; message M {}", "a.proto", "dir/a.proto");
  REQUIRE(parsed);
  CHECK((*parsed)->name() == "a.proto");
  CHECK((*parsed)->package() == "p");
  CHECK((*parsed)->source_code_info().location_size() > 0);
}

TEST_CASE("proto_text: a file without a syntax statement is proto2") {
  const google::protobuf::LogSilencer silence;
  for (const char* text : {"", "// nothing\n", "message M { required int32 i = 1; }"}) {
    const auto parsed = ParseProtoText(text, "a.proto", "a.proto");
    REQUIRE(parsed);
    CHECK((*parsed)->syntax() != "proto3");
  }
}

TEST_CASE("proto_text: a mistake has the path that was given, line and column") {
  CHECK(Mistake("syntax = \"proto3\";\nmessage {}\n").message == "dir/a.proto:2:9: Expected message name");
  CHECK(Mistake("syntax = \"proto3\";\nmessage M {").message ==
        "dir/a.proto:2:12: Reached end of input in message definition (missing '}')");
  CHECK(Mistake("syntax = \"proto4\";")
            .message.starts_with("dir/a.proto:1:10: Unrecognized syntax identifier"));
}

TEST_CASE("proto_text: three mistakes are told") {
  const Error error = Mistake("syntax = \"proto3\";\nfoo;\nbar;\nbaz;\nqux;\n");
  CHECK(error.message == "dir/a.proto:2:1: Expected top-level statement (e.g. \"message\")");
  CHECK(error.hint ==
        "also dir/a.proto:3:1: Expected top-level statement (e.g. \"message\")\n"
        "also dir/a.proto:4:1: Expected top-level statement (e.g. \"message\")");
}

TEST_CASE("proto_text: a file of edition 2023 comes as protoc makes it") {
  const auto parsed = ParseProtoText("edition = \"2023\"; message M { int32 i = 1; }", "a.proto", "a.proto");
  REQUIRE(parsed);
  CHECK((*parsed)->syntax() == "editions");
  CHECK((*parsed)->unknown_fields().field(0).varint() == 1000);
  CHECK_FALSE((*parsed)->message_type(0).field(0).proto3_optional());
}

TEST_CASE("proto_text: what was parsed by recursion is bounded") {
  const google::protobuf::LogSilencer silence;
  CHECK(ParseProtoText(Repeated("message M { ", 30) + Repeated("}", 30), "a.proto", "a.proto"));
  CHECK(Mistake(Repeated("message M { ", 200000)).message ==
        "dir/a.proto:1:1211: schema limit: nested deeper than 100");
  for (const char* text :
       {"message M { optional group G = 1 { ", "message M { oneof o { group G = 1 { ", "foo { ",
        "option (a) = { a { ", "service S { rpc R(M) returns (M) { option (a) = { "}) {
    CAPTURE(text);
    CHECK(Mistake(Repeated(text, 200000)).message.ends_with("schema limit: nested deeper than 100"));
  }
}

TEST_CASE("proto_text: braces in strings and comments are no nesting") {
  const std::string text = "// " + Repeated("{", 500) + "\nsyntax = \"proto3\"; option java_package = \"" +
                           Repeated("{", 500) + "\";";
  CHECK(ParseProtoText(text, "a.proto", "a.proto"));
}

TEST_CASE("proto_text: mistakes show what was written without harm") {
  const Error error = Mistake("syntax = \"proto3\"; \x1b[2J \xff message \x01");
  CHECK(SafeText(error.message) == error.message);
  CHECK(SafeLines(error.hint) == error.hint);
}

}  // namespace
}  // namespace rpcctl
