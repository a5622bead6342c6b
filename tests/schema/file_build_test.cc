#include "schema/file_build.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

Error BuildError(const google::protobuf::FileDescriptorProto& file) {
  google::protobuf::DescriptorPool pool;
  const auto built = BuildFile(pool, file, SafeText(file.name()));
  REQUIRE_FALSE(built);
  CHECK(built.error().kind == ErrorKind::kSchema);
  return built.error();
}

std::string Message(const std::string& text) {
  return BuildError(ParseText("a.proto", "syntax = \"proto2\";\n" + text)).message;
}

TEST_CASE("file_build: a good file is built") {
  google::protobuf::DescriptorPool pool;
  const auto built = BuildFile(pool, ParseText("a.proto", "message M {}"), "a.proto");
  REQUIRE(built);
  CHECK((*built)->message_type(0)->full_name() == "M");
}

TEST_CASE("file_build: a complaint has the place that it is about") {
  CHECK(Message("message M {\n  optional Nothing n = 1;\n}") == "a.proto:3:12: \"Nothing\" is not defined");
  CHECK(Message("message M {\n  optional int32 i = 0;\n}") ==
        "a.proto:3:22: Field numbers must be positive integers");
  CHECK(Message("message M {} message M {}") == "a.proto:2:22: \"M\" is already defined");
  CHECK(Message("message M {}\nservice S {\n  rpc Do(M) returns (X);\n}") ==
        "a.proto:4:22: \"X\" is not defined");
  CHECK(Message("message M {}\nservice S {\n  rpc Do(X) returns (M);\n}") ==
        "a.proto:4:10: \"X\" is not defined");
  CHECK(Message("extend X { optional int32 i = 1; }") == "a.proto:2:8: \"X\" is not defined");
  CHECK(Message("enum E { A = 1; }\nmessage M {\n  optional E e = 1 [default = B];\n}") ==
        "a.proto:4:31: Enum type \"E\" has no value named \"B\"");
}

TEST_CASE("file_build: without source info the complaint has the name of what it is about") {
  google::protobuf::FileDescriptorProto file =
      ParseText("a.proto", "package p; message M { Nothing n = 1; }");
  file.clear_source_code_info();
  CHECK(BuildError(file).message == "a.proto: p.M.n: \"Nothing\" is not defined");
}

TEST_CASE("file_build: a complaint about the file itself has the file's name only") {
  google::protobuf::FileDescriptorProto file = ParseText("a.proto", "");
  file.set_syntax("proto9");
  file.clear_source_code_info();
  CHECK(BuildError(file).message == "a.proto: Unrecognized syntax: proto9");
}

TEST_CASE("file_build: three complaints are told, the first as the message") {
  const Error error =
      BuildError(ParseText("a.proto", "message M {\nA a = 1;\nB b = 2;\nC c = 3;\nD d = 4; }"));
  CHECK(error.message == "a.proto:2:1: \"A\" is not defined");
  CHECK(error.hint == "also a.proto:3:1: \"B\" is not defined\nalso a.proto:4:1: \"C\" is not defined");
}

TEST_CASE("file_build: what a server wrote is told without harm, and not at any length") {
  google::protobuf::FileDescriptorProto file = ParseText("a\x1b.proto", "message M { int32 i = 1; }");
  file.clear_source_code_info();
  auto* field = file.mutable_message_type(0)->mutable_field(0);
  field->set_type(google::protobuf::FieldDescriptorProto::TYPE_MESSAGE);
  field->set_type_name("\x1b[2J" + std::string(100000, 'x'));
  const std::string message = BuildError(file).message;
  CHECK(message.starts_with("a\\x1b.proto: M.i: \"\\x1b[2Jxxx"));
  CHECK(message.ends_with("..."));
  CHECK(message.size() < 500);
}

TEST_CASE("file_build: a file that failed leaves nothing behind") {
  google::protobuf::DescriptorPool pool;
  CHECK_FALSE(BuildFile(pool, ParseText("a.proto", "message M { Nothing n = 1; }"), "a.proto"));
  CHECK(pool.FindMessageTypeByName("M") == nullptr);
  CHECK(BuildFile(pool, ParseText("a.proto", "message M {}"), "a.proto"));
}

}  // namespace
}  // namespace rpcctl
