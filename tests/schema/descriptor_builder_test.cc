#include "schema/descriptor_builder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "schema/edition_features.h"
#include "schema/schema.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;

// A service `name`.S in the package `name`, whose request is `type`.
std::string Service(const std::string& name, const std::string& import, const std::string& type) {
  return fmt::format("package {}; import \"{}\"; service S {{ rpc Do({}) returns ({}); }}", name, import,
                     type, type);
}

// One server whose service good.S works, and whose service bad.S imports x.proto for its type x.T.
FakeServer GoodAndBad() {
  FakeServer server{{"good.proto", "package good; service S { rpc Do(M) returns (M); } message M {}"}};
  server.Add(ParseText("bad.proto", Service("bad", "x.proto", "x.T")));
  return server;
}

Error BadServiceError(FakeServer& server) {
  const auto schema = SchemaOver(server);
  CHECK_MESSAGE(schema->FindMethod("good.S.Do"), "the other service must not suffer");
  const auto method = schema->FindMethod("bad.S.Do");
  REQUIRE_FALSE(method);
  CHECK(method.error().kind == ErrorKind::kSchema);
  CHECK_MESSAGE(schema->FindSymbol("good.S"), "the other service must not suffer afterwards");
  return method.error();
}

// Files f0.proto, f1.proto, ... each importing the next, made when they are asked for.
SchemaFile Link(const std::string& name) {
  const int number = std::stoi(name.substr(1));
  FileDescriptorProto file;
  file.set_name(name);
  file.set_package(fmt::format("f{}", number));
  file.add_message_type()->set_name("M");
  file.add_dependency(fmt::format("f{}.proto", number + 1));
  return FileFrom(file);
}

TEST_CASE("descriptor_builder: a missing import is named, and by whom it was not sent") {
  FakeServer server = GoodAndBad();
  const Error error = BadServiceError(server);
  CHECK(error.message == "bad.proto imports x.proto, which is not known to the server at h:1");
  CHECK(error.hint == "a file given with --proto can stand in for it");
}

TEST_CASE("descriptor_builder: a missing import is asked for once") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("also.proto", Service("also", "x.proto", "x.T")));
  const auto schema = SchemaOver(server);
  CHECK_FALSE(schema->FindMethod("bad.S.Do"));
  CHECK_FALSE(schema->FindMethod("also.S.Do"));
  CHECK(std::count(server.asked.begin(), server.asked.end(), "file x.proto") == 1);
}

TEST_CASE("descriptor_builder: an answer with another file than asked is a missing one") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    return std::vector{TextFile("y.proto", "package y; message T {}")};
  };
  CHECK(BadServiceError(server).message ==
        "bad.proto imports x.proto, which is not known to the server at h:1");
}

TEST_CASE("descriptor_builder: a missing import that nothing is taken from does not matter") {
  FakeServer server{{"a.proto", R"(package a; import public "gone/options.proto"; import "b.proto";
      service S { rpc Do(b.M) returns (b.M); })"},
                    {"b.proto", "package b; message M {}"}};
  CHECK(SchemaOver(server)->FindMethod("a.S.Do"));
}

TEST_CASE("descriptor_builder: a broken import names itself in the problem of who needs it") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("x.proto", "package x; message T { Nothing n = 1; }"));
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: x.proto: x.T.n: \"Nothing\" is not defined");
}

TEST_CASE("descriptor_builder: however long the way, the problem told is the one at its end") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("x.proto", "package x; import \"y.proto\"; message T { y.T y = 1; }"));
  server.Add(ParseText("y.proto", "package y; import \"z.proto\"; message T { z.T z = 1; }"));
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: y.proto imports z.proto, which is not known to the server at h:1");
}

TEST_CASE("descriptor_builder: the source's own error explains a missing import") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) { return Error{ErrorKind::kSchema, "the stream broke"}; };
  CHECK(BadServiceError(server).message == "bad.proto imports x.proto: the stream broke");
}

TEST_CASE("descriptor_builder: at most three of protobuf's complaints are told") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("x.proto", "package x; message T { A a = 1; B b = 2; C c = 3; D d = 4; }"));
  const auto symbol = SchemaOver(server)->FindSymbol("x.T");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == "x.proto: x.T.a: \"A\" is not defined");
  CHECK(symbol.error().hint ==
        "also x.proto: x.T.b: \"B\" is not defined\nalso x.proto: x.T.c: \"C\" is not defined");
}

TEST_CASE("descriptor_builder: a chain of imports without end stops at the depth limit") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("bad.proto", Service("bad", "f1.proto", "f1.M")));
  server.on_file = [](const std::string& name) { return std::vector{Link(name)}; };
  CHECK(BadServiceError(server).message == "bad.proto: schema limit: import depth > 512");
  CHECK(server.asked.size() < 600);
}

TEST_CASE("descriptor_builder: a chain of 20,000 imports that came at once stops at a limit") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    std::vector<SchemaFile> files = {
        TextFile("x.proto", "package x; import \"f1.proto\"; message T { f1.M m = 1; }")};
    for (int i = 1; i <= 20000; ++i) files.push_back(Link(fmt::format("f{}.proto", i)));
    return files;
  };
  CHECK(BadServiceError(server).message == "bad.proto: schema limit: import depth > 512");
}

TEST_CASE("descriptor_builder: a way of 512 files is not too deep") {
  FakeServer server;
  for (int i = 1; i < 512; ++i) {
    const std::string next = i < 511 ? fmt::format("import \"f{}.proto\";", i + 1) : "";
    server.Add(
        ParseText(fmt::format("f{}.proto", i), fmt::format("package f{}; {} message M {{}}", i, next)));
  }
  server.Add(ParseText("top.proto", Service("top", "f1.proto", "f1.M")));
  CHECK(SchemaOver(server)->FindMethod("top.S.Do"));
}

TEST_CASE("descriptor_builder: more files than the limit are refused") {
  FakeServer server = GoodAndBad();
  server.on_symbol = [](const std::string&) {
    std::vector<SchemaFile> files;
    for (int i = 0; i < 5000; ++i) files.push_back(TextFile(fmt::format("p{}.proto", i), ""));
    return files;
  };
  CHECK(SchemaOver(server)->FindMethod("bad.S.Do").error().message == "schema limit: more than 4096 files");
}

TEST_CASE("descriptor_builder: more bytes than the limit are refused") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    FileDescriptorProto file = ParseText("x.proto", "package x; message T {}");
    file.mutable_options()->set_java_package(std::string(33u << 20, 'x'));
    return std::vector{FileFrom(file)};
  };
  CHECK(BadServiceError(server).message ==
        "bad.proto imports x.proto: schema limit: more than 32 MiB of descriptors");
}

TEST_CASE("descriptor_builder: a cycle is named") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText("x.proto", "package x; import \"y.proto\"; message T { y.T t = 1; }"));
  server.Add(ParseText("y.proto", "package y; import \"x.proto\"; message T { x.T t = 1; }"));
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: import cycle: x.proto -> y.proto -> x.proto");
}

TEST_CASE("descriptor_builder: a file that imports itself is a cycle") {
  FakeServer server = GoodAndBad();
  server.Add(ParseText(
      "bad.proto", "package bad; import \"bad.proto\"; service S { rpc Do(M) returns (M); } message M {}"));
  CHECK(BadServiceError(server).message == "import cycle: bad.proto -> bad.proto");
}

TEST_CASE("descriptor_builder: one name with two contents is a problem of that file alone") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    return std::vector{TextFile("x.proto", "package x; message T {}"),
                       TextFile("x.proto", "package x; message T { int32 i = 1; }")};
  };
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: x.proto: two different files of this name come from the server at "
        "h:1");
}

TEST_CASE("descriptor_builder: equal duplicates do not matter") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    const SchemaFile file = TextFile("x.proto", "package x; message T {}");
    return std::vector{file, file};
  };
  CHECK(SchemaOver(server)->FindMethod("bad.S.Do"));
}

TEST_CASE("descriptor_builder: one symbol in two files is a problem of both") {
  FakeServer server = GoodAndBad();
  server.on_file = [](const std::string&) {
    return std::vector{TextFile("x.proto", "package x; message T {}"),
                       TextFile("y.proto", "package x; message T { int32 i = 1; }")};
  };
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: 'x.T' is declared both in x.proto and in y.proto");
}

TEST_CASE("descriptor_builder: an edition that is not known is told") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x; message T {}");
  file.set_syntax("editions");
  SetEdition(1002, file);
  server.Add(file);
  const Error error = BadServiceError(server);
  CHECK(error.message == "bad.proto needs a broken import: x.proto: uses protobuf edition 2026");
  CHECK(error.hint == "known are the editions 2023 and 2024");
}

TEST_CASE("descriptor_builder: bytes that are no descriptor are told as such") {
  FakeServer server = GoodAndBad();
  server.on_symbol = [](const std::string& symbol) -> std::optional<FakeServer::Answer> {
    if (symbol != "bad.S") return std::nullopt;
    return std::vector{SchemaFile{"bad.proto", "\x08\xff\xff"}};
  };
  CHECK(BadServiceError(server).message == "bad.proto: the bytes are not a file descriptor");
}

TEST_CASE("descriptor_builder: a name that is no identifier is refused, and shown without harm") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x; message T {}");
  file.add_message_type()->set_name("a\x1b[2J");
  server.Add(file);
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: x.proto: 'a\\x1b[2J' is not a name (letters, digits and '_', not "
        "beginning "
        "with a digit)");
}

TEST_CASE("descriptor_builder: a file name is shown without harm") {
  FakeServer server;
  FileDescriptorProto file = ParseText("a\x1b.proto", "package a; service S { rpc Do(X) returns (X); }");
  server.Add(file);
  CHECK(SchemaOver(server)->FindMethod("a.S.Do").error().message ==
        "a\\x1b.proto: a.S.Do: \"X\" is not defined");
}

TEST_CASE("descriptor_builder: types nested beyond reason are refused") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x;");
  DescriptorProto* message = file.add_message_type();
  message->set_name("T");
  for (int i = 0; i < 90; ++i) (message = message->add_nested_type())->set_name("N");
  server.Add(file);
  CHECK(BadServiceError(server).message.find("Reached maximum recursion limit") != std::string::npos);
}

TEST_CASE("descriptor_builder: types nested deeper than protobuf reads are refused") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x;");
  DescriptorProto* message = file.add_message_type();
  message->set_name("T");
  for (int i = 0; i < 120; ++i) (message = message->add_nested_type())->set_name("N");
  server.Add(file);
  CHECK(BadServiceError(server).message ==
        "bad.proto needs a broken import: x.proto: the bytes are not a file descriptor");
}

TEST_CASE("descriptor_builder: a type that lies about being a map entry is refused") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file =
      ParseText("x.proto", "package x; message T { message E { string a = 1; } repeated E e = 1; }");
  file.mutable_message_type(0)->mutable_nested_type(0)->mutable_options()->set_map_entry(true);
  server.Add(file);
  CHECK(BadServiceError(server).message.find("map_entry should not be set explicitly") != std::string::npos);
}

TEST_CASE("descriptor_builder: field numbers out of range are refused") {
  for (const int number : {0, -1, 1 << 29, 19000}) {
    FakeServer server = GoodAndBad();
    FileDescriptorProto file = ParseText("x.proto", "package x; message T { int32 i = 1; }");
    file.mutable_message_type(0)->mutable_field(0)->set_number(number);
    server.Add(file);
    CHECK(BadServiceError(server).message.starts_with("bad.proto needs a broken import: x.proto: x.T"));
  }
}

TEST_CASE("descriptor_builder: 100,000 messages in one file are fine") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x; message T {}");
  for (int i = 0; i < 100000; ++i) file.add_message_type()->set_name(fmt::format("M{}", i));
  server.Add(file);
  CHECK(SchemaOver(server)->FindMethod("bad.S.Do"));
}

TEST_CASE("descriptor_builder: well-known types are ours, even where a server sends its own") {
  FakeServer server{
      {"a.proto", Service("a", "google/protobuf/any.proto", "google.protobuf.Any").c_str()},
      {"google/protobuf/any.proto", "package google.protobuf; message Any { int32 evil = 1; }"}};
  server.sends_imports = true;
  const auto schema = SchemaOver(server);
  CHECK((*schema->FindMethod("a.S.Do"))->input_type()->field(0)->name() == "type_url");
  CHECK(server.asked.size() == 1);
}

TEST_CASE("descriptor_builder: a server's google.rpc is taken") {
  FakeServer server{{"a.proto", Service("a", "google/rpc/status.proto", "google.rpc.Status").c_str()},
                    {"google/rpc/status.proto", "package google.rpc; message Status { int32 theirs = 1; }"}};
  const auto schema = SchemaOver(server);
  CHECK((*schema->FindMethod("a.S.Do"))->input_type()->field(0)->name() == "theirs");
}

TEST_CASE("descriptor_builder: google.rpc is ours where the server's is missing or broken") {
  FakeServer missing{{"a.proto", Service("a", "google/rpc/status.proto", "google.rpc.Status").c_str()}};
  FakeServer broken = missing;
  broken.Add(ParseText("google/rpc/status.proto", "package google.rpc; message Status { Nothing n = 1; }"));
  for (FakeServer* server : {&missing, &broken}) {
    const auto schema = SchemaOver(*server);
    const auto method = schema->FindMethod("a.S.Do");
    REQUIRE(method);
    CHECK((*method)->input_type()->field(0)->name() == "code");
  }
}

TEST_CASE("descriptor_builder: only what is imported is built") {
  FakeServer server = GoodAndBad();
  const auto schema = SchemaOver(server);
  CHECK(schema->FindMethod("good.S.Do"));
  CHECK(schema->pool().FindFileByName("google/protobuf/any.proto") == nullptr);
  CHECK(schema->pool().FindFileByName("google/protobuf/descriptor.proto") == nullptr);
}

TEST_CASE("descriptor_builder: a well-known type without an import is found, as grpc-js sends it") {
  FakeServer server{{"a.proto", R"(package a; service S { rpc Do(M) returns (google.protobuf.Empty); }
      message M { google.protobuf.Timestamp at = 1; repeated .google.protobuf.Value values = 2; })"}};
  CHECK(SchemaOver(server)->FindMethod("a.S.Do"));
}

TEST_CASE("descriptor_builder: a type of a file that came along without being imported is found") {
  FakeServer server{{"a.proto", "package a.b; service S { rpc Do(c.M) returns (a.c.M); }"}};
  server.on_symbol = [&](const std::string&) {
    return std::vector{FileFrom(server.files.at("a.proto")),
                       TextFile("a_c.proto", "package a.c; message M { d.E e = 1; }"),
                       TextFile("d.proto", "package d; enum E { ZERO = 0; }")};
  };
  CHECK(SchemaOver(server)->FindMethod("a.b.S.Do"));
}

TEST_CASE("descriptor_builder: type names without a leading dot are looked up outwards") {
  FakeServer server{{"a.proto", R"(package a.b; service S { rpc Do(M) returns (b.M.Inner); }
      message M { message Inner { M outer = 1; Inner self = 2; a.b.M full = 3; } })"}};
  CHECK(SchemaOver(server)->FindMethod("a.b.S.Do"));
}

TEST_CASE("descriptor_builder: a file of proto2 that says proto3 is taken as what it is") {
  FileDescriptorProto file =
      ParseText("a.proto", R"(syntax = "proto2"; package a; service S { rpc Do(M) returns (M); }
      message M { required string name = 1; optional int32 size = 2 [default = 3]; extensions 10 to 20; }
      enum E { ONE = 1; })");
  file.set_syntax("proto3");
  FakeServer server;
  server.Add(file);
  const auto schema = SchemaOver(server);
  const auto method = schema->FindMethod("a.S.Do");
  REQUIRE(method);
  CHECK((*method)->input_type()->field(0)->is_required());
}

TEST_CASE("descriptor_builder: custom options of a file are taken in") {
  FakeServer server{
      {"opt.proto", R"(syntax = "proto2"; package opt; import "google/protobuf/descriptor.proto";
      extend google.protobuf.MethodOptions { optional string role = 50001; })"},
      {"a.proto", R"(package a; import "opt.proto"; message M {}
      service S { rpc Do(M) returns (M) { option (opt.role) = "admin"; } })"}};
  const auto schema = SchemaOver(server);
  CHECK(schema->FindMethod("a.S.Do"));
  CHECK(schema->pool().FindExtensionByName("opt.role") != nullptr);
}

TEST_CASE("descriptor_builder: an option nested without end is refused before protobuf reads it") {
  FakeServer server = GoodAndBad();
  FileDescriptorProto file = ParseText("x.proto", "package x; message T {}");
  auto* option = file.mutable_options()->add_uninterpreted_option();
  auto* part = option->add_name();
  part->set_name_part("deep");
  part->set_is_extension(true);
  std::string* value = option->mutable_aggregate_value();
  for (int i = 0; i < 200000; ++i) *value += "a{";
  server.Add(file);
  CHECK(
      BadServiceError(server).message ==
      "bad.proto needs a broken import: x.proto: schema limit: an option's value is nested deeper than 100");
}

}  // namespace
}  // namespace rpcctl
