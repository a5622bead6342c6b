#include "schema/member_order.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

std::string Shown(const std::vector<Symbol>& members) {
  std::string names;
  for (const Symbol& member : members) {
    const std::string name = member.FullName();
    names += name.substr(name.rfind('.') + 1) + " ";
  }
  return names;
}

constexpr const char* kText = R"(syntax = "proto2"; package p;
  service Early { rpc Do(M) returns (M); }
  message M {
    message N {} optional N n = 1; enum E { ZERO = 0; } optional E e = 2; oneof o { int32 left = 3; int32 right = 4; }
    map<string, N> by_name = 5; optional group G = 6 {} extensions 10 to 20; extend M { optional int32 inner = 10; }
    optional int32 last = 7;
  }
  extend M { optional group Outer = 11 {} }
  enum Late { ONE = 1; })";

TEST_CASE("member_order: members come in the order of the source") {
  const BuiltFile file(kText);
  CHECK(Shown(MembersInOrder(*file.Find("p.M").message)) == "N n E e o by_name g inner last ");
  CHECK(Shown(MembersInOrder(file.file())) == "Early M outer Late ");
}

TEST_CASE("member_order: without a source, fields come first, by declaration") {
  const BuiltFile file(kText, SourceInfo::kDrop);
  CHECK(Shown(MembersInOrder(*file.Find("p.M").message)) == "n e o by_name g last E N inner ");
  CHECK(Shown(MembersInOrder(file.file())) == "Late M outer Early ");
}

TEST_CASE("member_order: a oneof stands for its fields, the one of an optional field does not show") {
  const BuiltFile file(
      "message M { optional int32 a = 1; oneof o { int32 b = 2; int32 c = 3; } int32 d = 4; }");
  const std::vector<Symbol> members = MembersInOrder(*file.Find("M").message);
  CHECK(Shown(members) == "a o d ");
  CHECK(members[1].oneof != nullptr);
}

TEST_CASE("member_order: a group is one whose type stands beside it under its name") {
  const BuiltFile file(kText);
  CHECK(IsGroup(*file.Find("p.M.g").field));
  CHECK(IsGroup(*file.Find("p.outer").field));
  CHECK_FALSE(IsGroup(*file.Find("p.M.n").field));
}

TEST_CASE("member_order: a group field of any other type is none that can be written") {
  for (const char* text :
       {"message X {} message M { optional X x = 1; }", "message M { message Y {} optional Y x = 1; }"}) {
    google::protobuf::FileDescriptorProto proto =
        ParseText("a.proto", std::string("syntax = \"proto2\";") + text);
    auto& message = *proto.mutable_message_type(proto.message_type_size() - 1);
    message.mutable_field(0)->set_type(google::protobuf::FieldDescriptorProto::TYPE_GROUP);
    const BuiltFile file(proto);
    CHECK_FALSE(IsGroup(*file.Find("M.x").field));
  }
}

}  // namespace
}  // namespace rpcctl
