#include "schema/proto_file_source.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <sys/stat.h>

#include "schema/schema.h"
#include "tests/support/file_tree.h"

namespace rpcctl {
namespace {

using Paths = std::vector<std::string>;

constexpr const char* kGreeter = R"(syntax = "proto3";
package greet;
import "types/text.proto";
service Greeter { rpc SayHello(types.Text) returns (types.Text); }
)";
constexpr const char* kText = R"(syntax = "proto3";
package types;
// Some text.
message Text { string text = 1; }
)";
constexpr const char* kService = R"(syntax = "proto3"; package {0};
message M {{}} service S {{ rpc Do(M) returns (M); }}
)";

std::string ServiceText(const std::string& package) {
  return fmt::format(fmt::runtime(kService), package);
}

std::unique_ptr<Schema> Opened(const Paths& paths, const Paths& roots = {}) {
  Result<std::unique_ptr<SchemaSource>> source = OpenProtoFiles({paths, roots});
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::move(*source));
  return std::make_unique<Schema>(std::move(sources));
}

Error OpenError(const Paths& paths, const Paths& roots = {}) {
  const Result<std::unique_ptr<SchemaSource>> source = OpenProtoFiles({paths, roots});
  REQUIRE_FALSE(source);
  return source.error();
}

std::string FileOf(Schema& schema, std::string_view method) {
  const auto found = schema.FindMethod(method);
  REQUIRE_MESSAGE(found, (found ? "" : found.error().message));
  return (*found)->service()->file()->name();
}

TEST_CASE("proto_file_source: an absolute path works without a root") {
  const FileTree tree{{"api/greet/greeter.proto", kGreeter}, {"api/types/text.proto", kText}};
  const auto schema = Opened({tree / "api/greet/greeter.proto"});
  CHECK(FileOf(*schema, "SayHello") == "greet/greeter.proto");
  CHECK((*schema->FindMethod("SayHello"))->input_type()->full_name() == "types.Text");
}

TEST_CASE("proto_file_source: a relative path works without a root") {
  const FileTree tree{{"api/greet/greeter.proto", kGreeter}, {"api/types/text.proto", kText}};
  const CurrentFolder current(tree / "api/greet");
  CHECK(FileOf(*Opened({"greeter.proto"}), "SayHello") == "greet/greeter.proto");
  CHECK(FileOf(*Opened({"./../greet/greeter.proto"}), "SayHello") == "greet/greeter.proto");
}

TEST_CASE("proto_file_source: the current directory is a root") {
  const FileTree tree{{"greet/greeter.proto", kGreeter}, {"other/types/text.proto", kText}};
  const CurrentFolder current(tree / "other");
  CHECK(Opened({"../greet/greeter.proto"})->FindMethod("SayHello"));
}

TEST_CASE("proto_file_source: -I finds what lies elsewhere, and names the files") {
  const FileTree tree{{"mine/greeter.proto", kGreeter}, {"inc/types/text.proto", kText}};
  CHECK_FALSE(OpenProtoFiles({{tree / "mine/greeter.proto"}, {}}));
  const auto schema = Opened({tree / "mine/greeter.proto"}, {tree / "inc", tree.path()});
  CHECK(FileOf(*schema, "SayHello") == "mine/greeter.proto");
}

TEST_CASE("proto_file_source: the first -I wins, and wins over the file's own folder") {
  const FileTree tree{
      {"greeter.proto", kGreeter},
      {"types/text.proto", kText},
      {"first/types/text.proto", "syntax = \"proto3\"; package types; message Text { int32 first = 1; }"},
      {"second/types/text.proto", kText}};
  const auto schema = Opened({tree / "greeter.proto"}, {tree / "first", tree / "second"});
  CHECK((*schema->FindMethod("SayHello"))->input_type()->field(0)->name() == "first");
}

TEST_CASE("proto_file_source: a folder means every .proto below it, and is a root") {
  const FileTree tree{
      {"greet/greeter.proto", kGreeter}, {"types/text.proto", kText}, {"notes.txt", "no proto"}};
  const auto schema = Opened({tree.path()});
  CHECK(FileOf(*schema, "SayHello") == "greet/greeter.proto");
  CHECK(schema->FindSymbol("types.Text"));
}

TEST_CASE("proto_file_source: several files and folders are one schema") {
  const FileTree tree{
      {"a.proto", ServiceText("a")}, {"b.proto", ServiceText("b")}, {"c/c.proto", ServiceText("c")}};
  const auto schema = Opened({tree / "a.proto", tree / "b.proto", tree / "c"});
  CHECK(*schema->ServiceNames() == Paths{"a.S", "b.S", "c.S"});
}

TEST_CASE("proto_file_source: one file under two names is one file") {
  const FileTree tree{{"api/greet/greeter.proto", kGreeter}, {"api/types/text.proto", kText}};
  tree.Write("api/types/more.proto",
             "syntax = \"proto3\"; package more; import \"text.proto\"; import \"api/greet/greeter.proto\";"
             "service S { rpc Do(types.Text) returns (types.Text); }");
  tree.Link(tree / "api", "link");
  const auto schema = Opened(
      {tree / "api/types/text.proto", tree / "link/greet/greeter.proto", tree / "api/types/more.proto"});
  CHECK(schema->FindMethod("greet.Greeter.SayHello"));
  CHECK(schema->FindMethod("more.S.Do"));
}

TEST_CASE("proto_file_source: two files with one name are two files") {
  const FileTree tree{{"a/x.proto", ServiceText("a")}, {"b/x.proto", ServiceText("b")}};
  const auto schema = Opened({tree / "a/x.proto", tree / "b/x.proto"});
  CHECK(FileOf(*schema, "a.S.Do") == "x.proto");
  CHECK(FileOf(*schema, "b.S.Do") == (tree / "b/x.proto").substr(1));
}

TEST_CASE("proto_file_source: the same file given twice does no harm") {
  const FileTree tree{{"a.proto", ServiceText("a")}};
  CHECK(Opened({tree / "a.proto", tree.path(), tree / "a.proto"})->FindMethod("a.S.Do"));
}

TEST_CASE("proto_file_source: one symbol in two files is a problem of both") {
  const FileTree tree{{"a/x.proto", ServiceText("same")},
                      {"b/y.proto", ServiceText("same") + "message More {}"}};
  const auto schema = Opened({tree / "a/x.proto", tree / "b/y.proto"});
  const auto method = schema->FindMethod("same.S.Do");
  REQUIRE_FALSE(method);
  CHECK(method.error().message ==
        fmt::format("'same.M' is declared both in {} and in {}", tree / "a/x.proto", tree / "b/y.proto"));
}

TEST_CASE("proto_file_source: well-known types and google.rpc need no file") {
  const FileTree tree{{"a.proto", R"(syntax = "proto3"; package a;
      import "google/protobuf/timestamp.proto"; import "google/rpc/status.proto";
      service S { rpc Do(google.protobuf.Timestamp) returns (google.rpc.Status); })"}};
  CHECK(Opened({tree / "a.proto"})->FindMethod("a.S.Do"));
}

TEST_CASE("proto_file_source: google.rpc on disk comes before ours") {
  const FileTree tree{{"a.proto",
                       "syntax = \"proto3\"; package a; import \"google/rpc/status.proto\"; "
                       "service S { rpc Do(google.rpc.Status) returns (google.rpc.Status); }"},
                      {"google/rpc/status.proto",
                       "syntax = \"proto3\"; package google.rpc; message Status { int32 mine = 1; }"}};
  const auto schema = Opened({tree / "a.proto"});
  CHECK((*schema->FindMethod("a.S.Do"))->input_type()->field(0)->name() == "mine");
}

TEST_CASE("proto_file_source: comments are kept") {
  const FileTree tree{{"text.proto", kText}};
  google::protobuf::SourceLocation location;
  REQUIRE(Opened({tree.path()})->FindSymbol("types.Text")->message->GetSourceLocation(&location));
  CHECK(location.leading_comments == " Some text.\n");
}

TEST_CASE("proto_file_source: a mistake is told with file, line and column") {
  const FileTree tree{{"bad.proto", "syntax = \"proto3\";\nmessage M {\n  string name = 1\n}\n"}};
  const CurrentFolder current(tree.path());
  const Error error = OpenError({"bad.proto"});
  CHECK(error.kind == ErrorKind::kSchema);
  CHECK(error.message == "bad.proto:4:1: Expected \";\"");
}

TEST_CASE("proto_file_source: a mistake in an import is one of the file that was named") {
  const FileTree tree{{"greet/greeter.proto", kGreeter}, {"types/text.proto", "message Text {"}};
  CHECK(OpenError({tree / "greet/greeter.proto"}).message ==
        tree / "types/text.proto" + ":1:15: Reached end of input in message definition (missing '}')");
}

TEST_CASE("proto_file_source: an unknown type is told with file, line and column") {
  const FileTree tree{{"a.proto", "syntax = \"proto3\";\npackage a;\nmessage M {\n  Nothing n = 1;\n}\n"}};
  const auto symbol = Opened({tree / "a.proto"})->FindSymbol("a.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == tree / "a.proto" + ":4:3: \"Nothing\" is not defined");
}

TEST_CASE("proto_file_source: a missing import is told with its line and where it was looked for") {
  const FileTree tree{{"greeter.proto", kGreeter}, {"inc/none.txt", ""}};
  const Error error = OpenError({tree / "greeter.proto"}, {tree / "inc"});
  CHECK(error.kind == ErrorKind::kSchema);
  CHECK(error.message == tree / "greeter.proto" + ":3:1: import \"types/text.proto\" is not found");
  CHECK(error.hint ==
        fmt::format("looked in '{}', the current directory, and from '{}' upwards; -I adds a folder",
                    tree / "inc", tree.path()));
}

TEST_CASE("proto_file_source: an import cannot leave the folders it is looked for in") {
  const FileTree tree{{"secret.proto", kText}};
  for (const std::string& import :
       {std::string("../secret.proto"), tree / "secret.proto", std::string("a//b.proto")}) {
    tree.Write("api/a.proto", fmt::format("syntax = \"proto3\"; import \"{}\";", import));
    CHECK(OpenError({tree / "api/a.proto"}).message ==
          fmt::format("{}:1:20: import \"{}\" is not a relative path without \".\" and \"..\"",
                      tree / "api/a.proto", import));
  }
}

TEST_CASE("proto_file_source: a cycle of imports is named") {
  const FileTree tree{
      {"a.proto", "syntax = \"proto3\"; package a; import \"b.proto\"; message M { b.M m = 1; }"},
      {"b.proto", "syntax = \"proto3\"; package b; import \"a.proto\"; message M { a.M m = 1; }"}};
  const auto symbol = Opened({tree / "a.proto"})->FindSymbol("a.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message ==
        fmt::format("import cycle: {0}/a.proto -> {0}/b.proto -> {0}/a.proto", tree.path()));
}

TEST_CASE("proto_file_source: a chain of imports without reason stops at the limit") {
  const FileTree tree;
  for (int i = 0; i < 600; ++i) {
    tree.Write(fmt::format("f{}.proto", i),
               fmt::format("syntax = \"proto3\"; package f{}; import \"f{}.proto\";", i, i + 1));
  }
  tree.Write("f600.proto", "syntax = \"proto3\";");
  tree.Write("top.proto", "syntax = \"proto3\"; package top; import \"f0.proto\"; message M {}");
  const auto symbol = Opened({tree / "top.proto"})->FindSymbol("top.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == tree / "top.proto" + ": schema limit: import depth > 512");
}

TEST_CASE("proto_file_source: more files than the limit are refused") {
  const FileTree tree;
  for (int i = 0; i < 4100; ++i) tree.Write(fmt::format("f{}.proto", i), "");
  CHECK(OpenError({tree.path()}).message == "schema limit: more than 4096 files");
}

TEST_CASE("proto_file_source: a file larger than the limit is refused") {
  const FileTree tree;
  tree.Write("big.proto", "//" + std::string(33u << 20, 'x'));
  CHECK(OpenError({tree / "big.proto"}).message ==
        fmt::format("cannot read '{}': it is larger than 32 MiB", tree / "big.proto"));
}

TEST_CASE("proto_file_source: a file, a folder or a root that cannot be read is told") {
  const FileTree tree{{"a.proto", kText}};
  CHECK(OpenError({tree / "none.proto"}).kind == ErrorKind::kInput);
  CHECK(OpenError({tree / "none.proto"}).message ==
        fmt::format("cannot read '{}': No such file or directory", tree / "none.proto"));
  CHECK(OpenError({tree / "a.proto"}, {tree / "none"}).kind == ErrorKind::kInput);
  CHECK(OpenError({tree / "a.proto"}, {tree / "none"}).message ==
        fmt::format("'{}' is not a folder to import from", tree / "none"));
}

TEST_CASE("proto_file_source: a pipe is not waited for") {
  const FileTree tree;
  REQUIRE(mkfifo((tree / "pipe.proto").c_str(), 0600) == 0);
  const Error error = OpenError({tree / "pipe.proto"});
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == fmt::format("cannot read '{}': it is not a regular file", tree / "pipe.proto"));
}

TEST_CASE("proto_file_source: files of an edition, proto2 and proto3 import each other") {
  const FileTree tree{
      {"a.proto", "// A comment first.\nedition = \"2023\";\nimport \"b.proto\";\nmessage A { B b = 1; }\n"},
      {"b.proto", "syntax = \"proto3\";\nimport \"c.proto\";\nmessage B { C c = 1; E e = 2; }\n"},
      {"c.proto", "edition = \"2023\";\nimport \"d.proto\";\nmessage C { D d = 1; }\nenum E { E0 = 0; }\n"},
      {"d.proto", "syntax = \"proto2\";\nmessage D { required int32 i = 1; }\n"}};
  const auto symbol = Opened({tree / "a.proto"})->FindSymbol("A");
  CHECK_MESSAGE(symbol, (symbol ? "" : symbol.error().message));
}

TEST_CASE("proto_file_source: the features of a language may be missing") {
  const FileTree tree{{"a.proto",
                       "edition = \"2023\";\nimport \"google/protobuf/go_features.proto\";\n"
                       "option features.(pb.go).api_level = API_OPAQUE;\nmessage A { int32 i = 1; }\n"}};
  const auto symbol = Opened({tree / "a.proto"})->FindSymbol("A");
  CHECK_MESSAGE(symbol, (symbol ? "" : symbol.error().message));
}

TEST_CASE("proto_file_source: a mistake in a file of an edition has its place") {
  const FileTree tree{{"a.proto", "edition = \"2023\";\nmessage M {\n  reserved x;\n  Missing m = 1;\n}\n"}};
  const auto symbol = Opened({tree / "a.proto"})->FindSymbol("M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == tree / "a.proto" + ":4:3: \"Missing\" is not defined");
}

TEST_CASE("proto_file_source: a broken file of a folder loses only what needs it") {
  const FileTree tree{
      {"good.proto", ServiceText("good")},
      {"bad.proto", "message {"},
      {"new.proto", "edition = \"2023\";"},
      {"user.proto", "syntax = \"proto3\"; package user; import \"bad.proto\"; message M { B b = 1; }"}};
  const auto schema = Opened({tree.path()});
  CHECK(schema->FindMethod("good.S.Do"));
  const auto symbol = schema->FindSymbol("user.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == fmt::format("{} imports bad.proto: {}:1:9: Expected message name",
                                              tree / "user.proto", tree / "bad.proto"));
}

TEST_CASE("proto_file_source: a type that is not there is told with the path of the file, not its name") {
  const FileTree tree{
      {"api/a/b.proto", "syntax = \"proto3\";\npackage a;\nmessage M {\n  Missing m = 1;\n}\n"}};
  const auto symbol = Opened({tree / "api"})->FindSymbol("a.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == tree / "api/a/b.proto" + ":4:3: \"Missing\" is not defined");
}

TEST_CASE("proto_file_source: what needs a broken file names both by their paths") {
  const FileTree tree{{"a.proto", "syntax = \"proto3\";\nimport \"b.proto\";\nmessage A { B b = 1; }\n"},
                      {"b.proto", "syntax = \"proto3\";\nmessage B { Missing m = 1; }\n"}};
  const auto symbol = Opened({tree.path()})->FindSymbol("A");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == fmt::format("{} needs a broken import: {}:2:13: \"Missing\" is not defined",
                                              tree / "a.proto", tree / "b.proto"));
}

TEST_CASE("proto_file_source: a name that is refused is told with the path") {
  const FileTree tree{
      {"api/a.proto", "syntax = \"proto3\";\nmessage M { string s = 1 [json_name = \"\\001\"]; }\n"}};
  const auto symbol = Opened({tree / "api"})->FindSymbol("M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message.starts_with(tree / "api/a.proto" + ": the JSON name of field 's'"));
}

TEST_CASE("proto_file_source: extensions are found by the type that they extend, however it is written") {
  const FileTree tree{
      {"base.proto", "syntax = \"proto2\"; package p; message M { extensions 1 to 99; }"},
      {"one.proto",
       "syntax = \"proto2\"; package p; import \"base.proto\"; extend M { optional int32 one = 1; }"},
      {"two.proto",
       "syntax = \"proto2\"; import \"base.proto\"; message N { extend .p.M { optional int32 two = 2; } }"}};
  const auto schema = Opened({tree.path()});
  const auto message = schema->FindSymbol("p.M");
  REQUIRE(message);
  CHECK(schema->FindExtension(*message->message, 1)->full_name() == "p.one");
  CHECK(schema->FindExtension(*message->message, 2)->full_name() == "N.two");
  CHECK(schema->FindExtension(*message->message, 3) == nullptr);
}

TEST_CASE("proto_file_source: an unknown name tells which files of a folder were not read") {
  const FileTree tree{{"good.proto", ServiceText("good")}, {"bad.proto", "message {"}};
  const auto method = Opened({tree.path()})->FindMethod("god.S.Do");
  REQUIRE_FALSE(method);
  CHECK(method.error().message == "no service 'god.S' is known to the .proto files");
  CHECK(method.error().hint ==
        fmt::format("did you mean 'good.S'?\nnot read: {}:1:9: Expected message name", tree / "bad.proto"));
}

TEST_CASE("proto_file_source: an empty folder has nothing") {
  const FileTree tree;
  CHECK(Opened({tree.path()})->ServiceNames()->empty());
}

}  // namespace
}  // namespace rpcctl
