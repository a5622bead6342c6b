#include "schema/file_export.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "schema/outline.h"
#include "schema/proto_file_source.h"
#include "tests/support/fake_source.h"
#include "tests/support/file_tree.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

FakeServer Three() {
  return FakeServer{{"c.proto", "package c; import \"b.proto\"; service C { rpc Do(b.B) returns (b.B); }"},
                    {"b.proto",
                     "package b; import \"a.proto\"; import \"google/protobuf/any.proto\"; message B { a.A a "
                     "= 1; google.protobuf.Any any = 2; }"},
                    {"a.proto", "package a; message A {}"},
                    {"lone.proto", "package lone; message L {} service L2 { rpc Do(L) returns (L); }"}};
}

Names NamesOf(const Result<std::vector<ExportedFile>>& files) {
  REQUIRE_MESSAGE(files, (files ? "" : files.error().message));
  Names names;
  for (const ExportedFile& file : *files) names.push_back(file.name + (file.is_needed_only ? "*" : ""));
  return names;
}

Result<std::vector<ExportedFile>> Exported(Schema& schema, const Names& names = {}) {
  std::vector<Symbol> symbols;
  for (const std::string& name : names) {
    const Result<Symbol> symbol = schema.FindSymbol(name);
    REQUIRE(symbol);
    symbols.push_back(*symbol);
  }
  return schema.Export(symbols);
}

const ExportedFile& FileNamed(const Result<std::vector<ExportedFile>>& files, std::string_view name) {
  REQUIRE(files);
  const auto found =
      std::find_if(files->begin(), files->end(), [&](const auto& file) { return file.name == name; });
  REQUIRE(found != files->end());
  return *found;
}

TEST_CASE("file_export: everything comes, each file after those it imports, each once") {
  FakeServer server = Three();
  CHECK(NamesOf(Exported(*SchemaOver(server))) ==
        Names{"a.proto", "google/protobuf/any.proto*", "b.proto", "c.proto", "lone.proto"});
}

TEST_CASE("file_export: a symbol's file comes with what it needs, and nothing else") {
  FakeServer server = Three();
  const auto schema = SchemaOver(server);
  CHECK(NamesOf(Exported(*schema, {"b.B.any"})) ==
        Names{"a.proto*", "google/protobuf/any.proto*", "b.proto"});
  CHECK(NamesOf(Exported(*schema, {"c.C.Do", "lone.L", "a.A"})) ==
        Names{"a.proto", "google/protobuf/any.proto*", "b.proto*", "c.proto", "lone.proto"});
  CHECK(NamesOf(Exported(*schema, {"google.protobuf.Any"})) == Names{"google/protobuf/any.proto"});
}

TEST_CASE("file_export: the bytes are the source's own") {
  FakeServer server;
  SchemaFile sent = TextFile("a.proto", "package a; message A {} service S { rpc Do(A) returns (A); }");
  sent.bytes += "\xfa\x90\x3e\x01x";
  server.services = {"a.S"};
  server.on_symbol = [&](const std::string&) { return std::vector<SchemaFile>{sent}; };
  const auto schema = SchemaOver(server);
  CHECK(FileNamed(Exported(*schema), "a.proto").bytes == sent.bytes);
}

TEST_CASE("file_export: what was parsed from text comes resolved, with its comments") {
  const FileTree tree{
      {"a.proto",
       "syntax = \"proto3\";\npackage a;\n// Kept.\nmessage A { A self_ref = 1 [deprecated = true]; }\n"}};
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::move(*OpenProtoFiles({{tree / "a.proto"}, {}})));
  Schema schema(std::move(sources));
  google::protobuf::FileDescriptorProto file;
  REQUIRE(file.ParseFromString(FileNamed(Exported(schema), "a.proto").bytes));
  const auto& field = file.message_type(0).field(0);
  CHECK(field.type_name() == ".a.A");
  CHECK(field.json_name() == "selfRef");
  CHECK(field.options().deprecated());
  CHECK(field.options().uninterpreted_option_size() == 0);
  CHECK(file.source_code_info().location_size() > 0);
  CHECK(file.DebugString().find("Kept.") != std::string::npos);
}

TEST_CASE("file_export: what had to be mended comes mended, what lacks an import without it") {
  FakeServer server{
      {"odd.proto",
       "package odd; message M { google.protobuf.Any a = 1; } service S { rpc Do(M) returns (M); }"},
      {"lacks.proto",
       "package lacks; import \"nowhere.proto\"; message M {} service S { rpc Do(M) returns (M); }"}};
  const auto schema = SchemaOver(server);
  const auto files = Exported(*schema);
  google::protobuf::FileDescriptorProto file;
  REQUIRE(file.ParseFromString(FileNamed(files, "odd.proto").bytes));
  REQUIRE(file.dependency_size() == 1);
  CHECK(file.dependency(0) == "google/protobuf/any.proto");
  REQUIRE(file.ParseFromString(FileNamed(files, "lacks.proto").bytes));
  CHECK(file.dependency_size() == 0);
}

TEST_CASE("file_export: extensions come with everything, and those of what they bring along") {
  FakeServer server{
      {"m.proto",
       "syntax = \"proto2\"; package m; message M { extensions 1 to 9; } service S { rpc Do(M) returns (M); "
       "}"},
      {"one.proto",
       "syntax = \"proto2\"; package one; import \"m.proto\"; message N { extensions 1 to 9; } extend m.M { "
       "optional N n = 1; }"},
      {"two.proto",
       "syntax = \"proto2\"; package two; import \"one.proto\"; extend one.N { optional int32 i = 1; }"},
      {"unrelated.proto", "package unrelated; message U {}"}};
  CHECK(NamesOf(Exported(*SchemaOver(server))) == Names{"m.proto", "one.proto", "two.proto"});
  CHECK(NamesOf(Exported(*SchemaOver(server), {"m.M"})) == Names{"m.proto"});
}

TEST_CASE("file_export: a broken file is an error, and no reason to keep the others") {
  FakeServer server = Three();
  server.Add(ParseText("bad.proto",
                       "package bad; message M { Missing m = 1; } service S { rpc Do(M) returns (M); }"));
  const auto schema = SchemaOver(server);
  const auto files = Exported(*schema);
  REQUIRE_FALSE(files);
  CHECK(files.error().kind == ErrorKind::kSchema);
  CHECK(files.error().message == "bad.proto: bad.M.m: \"Missing\" is not defined");
  CHECK(NamesOf(Exported(*schema, {"lone.L"})) == Names{"lone.proto"});
}

TEST_CASE("file_export: a service without a file, a missing import, a failure and a problem are errors") {
  FakeServer ghost = Three();
  ghost.services.push_back("ghost.S");
  CHECK(Exported(*SchemaOver(ghost)).error().message ==
        "the server at h:1 names the service 'ghost.S' and does not have its file");
  FakeServer lacking = Three();
  lacking.files.erase("a.proto");
  CHECK(Exported(*SchemaOver(lacking)).error().message ==
        "b.proto imports a.proto, which is not known to the server at h:1");
  FakeServer failing = Three();
  failing.failure = Error{ErrorKind::kConnect, "gone"};
  CHECK(Exported(*SchemaOver(failing)).error().message == "gone");
  FakeServer partial = Three();
  partial.problems = {{ErrorKind::kSchema, "x.proto:1:1: bad"}};
  CHECK(Exported(*SchemaOver(partial)).error().message == "x.proto:1:1: bad");
}

TEST_CASE("file_export: a server that has no file of its reflection service is exported without it") {
  FakeServer server = Three();
  server.services.push_back("grpc.reflection.v1alpha.ServerReflection");
  CHECK(NamesOf(Exported(*SchemaOver(server))).size() == 5);
}

TEST_CASE("file_export: the way out of a broken schema is to name symbols") {
  FakeServer partial = Three();
  partial.problems = {{ErrorKind::kSchema, "x.proto:1:1: bad", "also this"}};
  CHECK(Exported(*SchemaOver(partial)).error().hint ==
        "also this\nsymbols that are named are exported without what they do not need");
}

TEST_CASE("file_export: of files with one name the first source's is kept") {
  FakeServer files{{"a.proto", "package a; message A { string mine = 1; }"}};
  files.tells_all_files = true;
  FakeServer server = Three();
  const auto schema = SchemaOver(files, server);
  const auto exported = Exported(*schema);
  CHECK(FileNamed(exported, "a.proto").descriptor->message_type(0)->field_count() == 1);
  CHECK(FileNamed(exported, "c.proto").descriptor->service_count() == 1);
}

}  // namespace
}  // namespace rpcctl
