#include "schema/descriptor_set_source.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <sys/stat.h>

#include "schema/descriptor_set.h"
#include "schema/schema.h"
#include "tests/support/file_tree.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using Paths = std::vector<std::string>;
using Names = std::vector<std::string>;

const char* const kGreeter =
    "package greet; import \"types.proto\"; service Greeter { rpc Hello(types.Text) returns (types.Text); }";
const char* const kTypes = "package types; message Text { string text = 1; }";

std::string Set(const std::vector<SchemaFile>& files) {
  return JoinDescriptorSet(files);
}

std::unique_ptr<SchemaSource> Opened(const Paths& paths) {
  Result<std::unique_ptr<SchemaSource>> source = OpenDescriptorSets(paths);
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  return std::move(*source);
}

std::unique_ptr<Schema> SchemaOf(const Paths& paths) {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(Opened(paths));
  return std::make_unique<Schema>(std::move(sources));
}

Error OpenError(const Paths& paths) {
  const Result<std::unique_ptr<SchemaSource>> source = OpenDescriptorSets(paths);
  REQUIRE_FALSE(source);
  return source.error();
}

TEST_CASE("descriptor_set_source: files may stand in any order") {
  for (const bool reversed : {false, true}) {
    std::vector<SchemaFile> files = {TextFile("types.proto", kTypes), TextFile("greeter.proto", kGreeter)};
    if (reversed) std::swap(files[0], files[1]);
    const FileTree tree{{"api.pb", Set(files)}};
    const auto schema = SchemaOf({tree / "api.pb"});
    const auto method = schema->FindMethod("Hello");
    REQUIRE(method);
    CHECK((*method)->full_name() == "greet.Greeter.Hello");
  }
}

TEST_CASE("descriptor_set_source: several sets are one schema") {
  const FileTree tree{{"a.pb", Set({TextFile("greeter.proto", kGreeter)})},
                      {"b.pb", Set({TextFile("types.proto", kTypes)})}};
  const auto schema = SchemaOf({tree / "a.pb", tree / "b.pb"});
  CHECK(*schema->ServiceNames() == Names{"greet.Greeter"});
  CHECK(schema->FindMethod("Greeter.Hello"));
}

TEST_CASE(
    "descriptor_set_source: an import that is missing is told, and one that nothing needs is not missed") {
  const FileTree tree{{"api.pb", Set({TextFile("greeter.proto", kGreeter),
                                      TextFile("lone.proto", "import \"types.proto\"; message Lone {}")})}};
  const auto schema = SchemaOf({tree / "api.pb"});
  CHECK(schema->FindSymbol("Lone"));
  const auto method = schema->FindMethod("Hello");
  REQUIRE_FALSE(method);
  CHECK(method.error().kind == ErrorKind::kSchema);
  CHECK(method.error().message ==
        "greeter.proto imports types.proto, which is not known to the descriptor set '" + tree / "api.pb" +
            "'");
}

TEST_CASE("descriptor_set_source: well-known types need not be in it") {
  const FileTree tree{
      {"api.pb",
       Set({TextFile("a.proto",
                     "import \"google/protobuf/any.proto\"; message M { google.protobuf.Any a = 1; }")})}};
  CHECK(SchemaOf({tree / "api.pb"})->FindSymbol("M"));
}

TEST_CASE("descriptor_set_source: a broken file loses only what needs it") {
  const FileTree tree{
      {"api.pb",
       Set({TextFile("good.proto", "package good; message M {}"),
            TextFile("bad.proto", "package bad; message M { Missing m = 1; }"),
            TextFile("user.proto", "package user; import \"bad.proto\"; message M { bad.M m = 1; }")})}};
  const auto schema = SchemaOf({tree / "api.pb"});
  CHECK(schema->FindSymbol("good.M"));
  CHECK(schema->FindSymbol("bad.M").error().message == "bad.proto: bad.M.m: \"Missing\" is not defined");
  CHECK(schema->FindSymbol("user.M").error().message ==
        "user.proto needs a broken import: bad.proto: bad.M.m: \"Missing\" is not defined");
}

TEST_CASE("descriptor_set_source: what is no file descriptor is left out and told") {
  const FileTree tree{
      {"api.pb", Set({TextFile("good.proto", "package good; message M {}"), {"", "\xff\xff"}})}};
  const auto schema = SchemaOf({tree / "api.pb"});
  CHECK(schema->FindSymbol("good.M"));
  const auto unknown = schema->FindSymbol("other.N");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().hint.ends_with("not read: file 2 of the descriptor set '" + tree / "api.pb" +
                                       "' is not a file descriptor"));
}

TEST_CASE(
    "descriptor_set_source: one name with one content is one file, with two contents a problem of that "
    "file") {
  const FileTree tree{
      {"a.pb", Set({TextFile("a.proto", "package a; message M {}"), TextFile("x.proto", "message X {}")})},
      {"b.pb", Set({TextFile("a.proto", "package a; message M {}"), TextFile("x.proto", "message Y {}")})}};
  const auto schema = SchemaOf({tree / "a.pb", tree / "b.pb"});
  CHECK(schema->FindSymbol("a.M"));
  const auto symbol = schema->FindSymbol("X");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == "x.proto: two different files of this name come from the descriptor sets");
}

TEST_CASE("descriptor_set_source: files are handed on byte for byte") {
  SchemaFile file = TextFile("a.proto", "message M {}");
  file.bytes += "\xfa\x90\x3e\x01x";  // a field that this protobuf does not know
  const FileTree tree{{"api.pb", Set({file})}};
  const auto files = Opened({tree / "api.pb"})->AllFiles();
  REQUIRE(files->size() == 1);
  CHECK(files->front().bytes == file.bytes);
  CHECK(files->front().path.empty());
}

TEST_CASE("descriptor_set_source: what is no descriptor set is told with what it seems to be") {
  const FileTree tree{{"empty", ""},
                      {"random", "\x93\x00\xfe\x01"},
                      {"gzip", "\x1f\x8b\x08"},
                      {"json", "{\"file\":[]}"},
                      {"a.proto", "syntax = \"proto3\";"},
                      {"cut", Set({TextFile("a.proto", kTypes)}).substr(0, 20)}};
  const auto told = [&](const char* name) {
    const Error error = OpenError({tree / name});
    CHECK(error.kind == ErrorKind::kSchema);
    CHECK(error.message.find(tree / name) != std::string::npos);
    return error;
  };
  CHECK(told("empty").message == "the descriptor set '" + tree / "empty" + "' holds no files");
  CHECK(told("random").message == "'" + tree / "random" + "' is not a descriptor set");
  CHECK(told("random").hint == "protoc --include_imports --descriptor_set_out=FILE makes one");
  CHECK(told("gzip").hint == "it is compressed: gunzip it first");
  CHECK(told("json").hint == "it looks like JSON; a descriptor set is in protobuf's binary form");
  CHECK(told("a.proto").hint == "--proto takes .proto files");
  CHECK(told("cut").message == "'" + tree / "cut" + "' is not a descriptor set");
}

TEST_CASE("descriptor_set_source: a set of nothing but rubbish is none") {
  const FileTree tree{{"api.pb", Set({{"", "\xff"}, {"", "\x07"}})}};
  CHECK(OpenError({tree / "api.pb"}).message == "'" + tree / "api.pb" + "' is not a descriptor set");
}

TEST_CASE(
    "descriptor_set_source: what cannot be read is no question of the schema, and a pipe is not waited for") {
  const FileTree tree;
  REQUIRE(mkfifo((tree / "pipe").c_str(), 0600) == 0);
  for (const std::string& path : {tree / "none", tree.path(), tree / "pipe", std::string("/dev/zero")}) {
    CAPTURE(path);
    CHECK(OpenError({path}).kind == ErrorKind::kInput);
  }
  CHECK(OpenError({tree / "pipe"}).message ==
        "cannot read '" + tree / "pipe" + "': it is not a regular file");
}

TEST_CASE("descriptor_set_source: a file over the limit is not read") {
  const FileTree tree{{"big", ""}};
  REQUIRE(truncate((tree / "big").c_str(), 500 << 20) == 0);
  const Error error = OpenError({tree / "big"});
  CHECK(error.kind == ErrorKind::kSchema);
  CHECK(error.message == "'" + tree / "big" + "': schema limit: more than 32 MiB of descriptors");
}

TEST_CASE("descriptor_set_source: the limit is one for all sets") {
  const std::string padded = Set({TextFile("a.proto", "message M {}"), {"", std::string(20u << 20, '\0')}});
  const FileTree tree{{"a", padded}, {"b", padded}};
  CHECK(Opened({tree / "a"})->AllFiles());
  CHECK(OpenError({tree / "a", tree / "b"}).message ==
        "'" + tree / "b" + "': schema limit: more than 32 MiB of descriptors");
}

TEST_CASE("descriptor_set_source: extensions are found by what they extend") {
  const FileTree tree{
      {"api.pb", Set({TextFile("ext.proto",
                               "syntax = \"proto2\"; import \"m.proto\"; extend M { optional int32 e = 7; }"),
                      TextFile("m.proto", "syntax = \"proto2\"; message M { extensions 1 to 9; }")})}};
  const auto schema = SchemaOf({tree / "api.pb"});
  const auto message = schema->FindSymbol("M");
  REQUIRE(message);
  const auto* extension = schema->FindExtension(*message->message, 7);
  REQUIRE(extension != nullptr);
  CHECK(extension->full_name() == "e");
}

}  // namespace
}  // namespace rpcctl
