#include "schema/import_repair.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/file_store.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

// The imports of the first of these files (name, text) after its repair, separated by spaces.
std::string Repaired(std::initializer_list<std::pair<const char*, const char*>> files) {
  FileStore store;
  for (const auto& [name, text] : files) store.Add(0, "the server", TextFile(name, text));
  StoredFile& file = *store.Find(files.begin()->first);
  const int before = file.proto->dependency_size();
  const bool changed = RepairFile(file, store);
  CHECK(changed == (file.proto->dependency_size() > before));
  return fmt::format("{}", fmt::join(file.proto->dependency(), " "));
}

bool BecomesProto2(const char* text) {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", fmt::format("syntax = \"proto2\"; {}", text));
  proto.set_syntax("proto3");
  FileStore store;
  store.Add(0, "the server", FileFrom(proto));
  RepairFile(*store.Find("a.proto"), store);
  return store.Find("a.proto")->proto->syntax() == "proto2";
}

TEST_CASE("import_repair: a file that lacks nothing stays as it is") {
  CHECK(Repaired({{"a.proto", "package a; message M { M m = 1; N n = 2; message N {} }"}}) == "");
}

TEST_CASE("import_repair: well-known types bring their files") {
  CHECK(Repaired({{"a.proto",
                   "message M { google.protobuf.Any a = 1; map<string, google.protobuf.Value> v = 2; }"}}) ==
        "google/protobuf/any.proto google/protobuf/struct.proto");
}

TEST_CASE("import_repair: a method's types bring their files") {
  CHECK(Repaired({{"a.proto", "package a; service S { rpc Do(b.M) returns (.c.M); }"},
                  {"b.proto", "package b; message M {}"},
                  {"c.proto", "package c; message M {}"}}) == "b.proto c.proto");
}

TEST_CASE("import_repair: an extension's type and what it extends bring their files") {
  CHECK(Repaired({{"a.proto", "package a; extend google.protobuf.FieldOptions { b.M m = 50001; }"},
                  {"b.proto", "package b; message M {}"}}) == "b.proto google/protobuf/descriptor.proto");
}

TEST_CASE("import_repair: an import that is there is not added again") {
  CHECK(Repaired({{"a.proto", "package a; import \"b.proto\"; message M { b.M b = 1; c.M c = 2; }"},
                  {"b.proto", "package b; message M {}"},
                  {"c.proto", "package c; message M {}"}}) == "b.proto c.proto");
}

TEST_CASE("import_repair: a name is looked up outwards, the nearest scope first") {
  CHECK(Repaired({{"a.proto", "package p.q.r; message M { s.T t = 1; }"},
                  {"far.proto", "package s; message T {}"},
                  {"near.proto", "package p.q.s; message T {}"}}) == "near.proto");
}

TEST_CASE("import_repair: a leading dot means that very name") {
  CHECK(Repaired({{"a.proto", "package p.q.r; message M { .s.T t = 1; }"},
                  {"far.proto", "package s; message T {}"},
                  {"near.proto", "package p.q.s; message T {}"}}) == "far.proto");
}

TEST_CASE("import_repair: what nobody declares brings nothing") {
  CHECK(Repaired({{"a.proto", "package a; message M { x.Y y = 1; Z z = 2; }"}}) == "");
}

TEST_CASE("import_repair: the entry types of maps get the names that protobuf wants") {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", "message M { map<string, bool> seen = 1; }");
  proto.mutable_message_type(0)->mutable_nested_type(0)->set_name("Seen");
  proto.mutable_message_type(0)->mutable_field(0)->set_type_name("Seen");
  FileStore store;
  store.Add(0, "the server", FileFrom(proto));
  StoredFile& file = *store.Find("a.proto");
  CHECK(RepairFile(file, store));
  CHECK(file.proto->message_type(0).nested_type(0).name() == "SeenEntry");
  CHECK_FALSE(RepairFile(file, store));
}

TEST_CASE("import_repair: what only proto2 allows makes a file proto2") {
  CHECK(BecomesProto2("message M { required int32 i = 1; }"));
  CHECK(BecomesProto2("message M { optional int32 i = 1 [default = 2]; }"));
  CHECK(BecomesProto2("message M { optional group G = 1 {} }"));
  CHECK(BecomesProto2("message M { extensions 10 to 20; }"));
  CHECK(BecomesProto2("enum E { ONE = 1; }"));
  CHECK(BecomesProto2("message M { message N { enum E { ONE = 1; } } }"));
}

TEST_CASE("import_repair: what proto3 allows stays proto3") {
  CHECK_FALSE(BecomesProto2("message M { optional int32 i = 1; repeated M ms = 2; } enum E { ZERO = 0; }"));
}

}  // namespace
}  // namespace rpcctl
