#include "schema/file_store.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/limits.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

constexpr const char* kName = "the server at h:1";

// The problem of the file with this name; "" when it has none.
std::string ProblemOf(FileStore& store, std::string_view name) {
  const StoredFile* file = store.Find(name);
  REQUIRE(file != nullptr);
  return file->problem ? file->problem->message : "";
}

TEST_CASE("file_store: a file is found by its name") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {}"));
  REQUIRE(store.Find("a.proto") != nullptr);
  CHECK(store.Find("a.proto")->proto->package() == "a");
  CHECK(store.Find("b.proto") == nullptr);
}

TEST_CASE("file_store: the name is the one that was asked with, whatever the bytes say") {
  FileStore store;
  SchemaFile file = TextFile("a.proto", "");
  file.name = "b.proto";
  store.Add(0, kName, file);
  CHECK(store.Find("b.proto")->proto->name() == "b.proto");
}

TEST_CASE("file_store: all files come sorted by name") {
  FileStore store;
  for (const char* name : {"b.proto", "a.proto", "c.proto"}) store.Add(0, kName, TextFile(name, ""));
  std::string names;
  for (const StoredFile* file : store.All()) names += file->name + " ";
  CHECK(names == "a.proto b.proto c.proto ");
}

TEST_CASE("file_store: what is declared in a package is found, and what is within it") {
  FileStore store;
  store.Add(0, kName,
            TextFile("a.proto", R"(package a; message M { message N { string s = 1; } } enum E { ZERO = 0; }
      service S { rpc Do(M) returns (M); })"));
  for (const char* name : {"a.M", "a.M.N", "a.M.N.s", "a.E", "a.ZERO", "a.S", "a.S.Do", "a.M.perhaps"}) {
    CAPTURE(name);
    CHECK(store.FindDeclaring(name) == store.Find("a.proto"));
  }
  for (const char* name : {"a", "a.X", "b.M", "M", ""}) CHECK(store.FindDeclaring(name) == nullptr);
}

TEST_CASE("file_store: a declaration that is too short does not count") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {}"));
  CHECK(store.FindDeclaring("a.M.x.Y", 2) != nullptr);
  CHECK(store.FindDeclaring("a.M.x.Y", 3) == nullptr);
}

TEST_CASE("file_store: nothing declares a name that is longer than any may be") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {}"));
  std::string name = "a.M";
  while (name.size() + 2 <= kMaxQualifiedNameBytes) name += ".x";
  CHECK(store.FindDeclaring(name) != nullptr);
  for (int i = 0; i < 500'000; ++i) name += ".x";
  CHECK(store.FindDeclaring(name) == nullptr);
}

TEST_CASE("file_store: equal duplicates are dropped, with and without comments") {
  FileStore store;
  const google::protobuf::FileDescriptorProto file =
      ParseText("a.proto", "package a; /* why */ message M {}");
  store.Add(0, kName, {"a.proto", file.SerializeAsString()});
  store.Add(0, kName, FileFrom(file));
  CHECK(ProblemOf(store, "a.proto") == "");
}

TEST_CASE("file_store: one name with two contents is a problem") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {}"));
  store.Add(0, kName, TextFile("a.proto", "package a; message N {}"));
  CHECK(ProblemOf(store, "a.proto") ==
        "a.proto: two different files of this name come from the server at h:1");
}

TEST_CASE("file_store: a later source's file of the same name is dropped in silence") {
  FileStore store;
  store.Add(0, "the .proto files", TextFile("a.proto", "package a; message M {}"));
  store.Add(1, kName, TextFile("a.proto", "package a; message N {}"));
  CHECK(ProblemOf(store, "a.proto") == "");
  CHECK(store.FindDeclaring("a.N") == nullptr);
}

TEST_CASE("file_store: one symbol in two files of a source is a problem of both") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {}"));
  store.Add(0, kName, TextFile("b.proto", "package a; message M { int32 i = 1; }"));
  CHECK(ProblemOf(store, "a.proto") == "'a.M' is declared both in a.proto and in b.proto");
  CHECK(ProblemOf(store, "b.proto") == "'a.M' is declared both in a.proto and in b.proto");
}

TEST_CASE("file_store: one file under two names is no problem") {
  FileStore store;
  store.Add(0, kName, TextFile("a.proto", "package a; message M {} message N {}"));
  store.Add(0, kName, TextFile("dir/a.proto", "package a; message M {} message N {}"));
  CHECK(ProblemOf(store, "a.proto") == "");
  CHECK(ProblemOf(store, "dir/a.proto") == "");
}

TEST_CASE("file_store: of a symbol in two sources the first one's counts, whichever came first") {
  FileStore store;
  store.Add(1, kName, TextFile("b.proto", "package a; message M { int32 theirs = 1; }"));
  store.Add(0, "the .proto files", TextFile("a.proto", "package a; message M { int32 mine = 1; }"));
  CHECK(store.FindDeclaring("a.M") == store.Find("a.proto"));
  CHECK(ProblemOf(store, "b.proto") == "");
}

TEST_CASE("file_store: copies of google/protobuf are not kept, those of google/rpc are") {
  FileStore store;
  store.Add(0, kName, TextFile("google/protobuf/any.proto", "package google.protobuf; message Any {}"));
  store.Add(0, kName, TextFile("google/rpc/status.proto", "package google.rpc; message Status {}"));
  store.Add(0, kName, TextFile("google/protobuf/other.proto", "package google.protobuf; message Other {}"));
  CHECK(store.Find("google/protobuf/any.proto") == nullptr);
  CHECK(store.Find("google/rpc/status.proto") != nullptr);
  CHECK(store.Find("google/protobuf/other.proto") != nullptr);
}

TEST_CASE("file_store: bytes that are no descriptor are kept with their problem") {
  FileStore store;
  store.Add(0, kName, {"a\x1b.proto", "\x0a\xff"});
  CHECK(ProblemOf(store, "a\x1b.proto") == "a\\x1b.proto: the bytes are not a file descriptor");
}

TEST_CASE("file_store: a descriptor without a required part is no descriptor") {
  google::protobuf::FileDescriptorProto file = ParseText("a.proto", "");
  file.mutable_options()->add_uninterpreted_option()->add_name()->set_name_part("x");
  FileStore store;
  store.Add(0, kName, FileFrom(file));
  CHECK(ProblemOf(store, "a.proto") == "a.proto: the bytes are not a file descriptor");
}

TEST_CASE("file_store: the file after the last one allowed is left out") {
  FileStore store;
  for (int i = 0; i < 4096; ++i) store.Add(0, kName, TextFile(fmt::format("f{}.proto", i), ""));
  CHECK_FALSE(store.limit_reached());
  store.Add(0, kName, TextFile("one_more.proto", ""));
  REQUIRE(store.limit_reached());
  CHECK(store.limit_reached()->message == "schema limit: more than 4096 files");
  CHECK(store.Find("one_more.proto") == nullptr);
}

TEST_CASE("file_store: bytes are limited together") {
  FileStore store;
  google::protobuf::FileDescriptorProto file;
  file.mutable_options()->set_java_package(std::string(20u << 20, 'x'));
  store.Add(0, kName, {"a.proto", file.SerializeAsString()});
  CHECK_FALSE(store.limit_reached());
  store.Add(0, kName, {"b.proto", file.SerializeAsString()});
  REQUIRE(store.limit_reached());
  CHECK(store.limit_reached()->message == "schema limit: more than 32 MiB of descriptors");
}

}  // namespace
}  // namespace rpcctl
