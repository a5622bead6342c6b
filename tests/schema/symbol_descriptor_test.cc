#include "schema/symbol_descriptor.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

using namespace google::protobuf;

constexpr const char* kText = R"(package p;
  service S { rpc Do(stream M) returns (M); }
  message M { string long_name = 1 [deprecated = true]; oneof choice { M left = 2; } E e = 3; }
  enum E { ZERO = 0; })";

template <typename Proto>
Proto Parsed(const std::string& full_name) {
  const BuiltFile built(kText);
  const SymbolDescriptor descriptor = DescriptorOf(built.Find(full_name));
  CHECK(descriptor.type == Proto::descriptor()->full_name());
  Proto proto;
  REQUIRE(proto.ParseFromString(descriptor.wire));
  return proto;
}

TEST_CASE("symbol_descriptor: each kind is the message that descriptor.proto has for it") {
  CHECK(Parsed<ServiceDescriptorProto>("p.S").method(0).name() == "Do");
  CHECK(Parsed<MethodDescriptorProto>("p.S.Do").input_type() == ".p.M");
  CHECK(Parsed<MethodDescriptorProto>("p.S.Do").client_streaming());
  CHECK(Parsed<DescriptorProto>("p.M").field_size() == 3);
  CHECK(Parsed<OneofDescriptorProto>("p.M.choice").name() == "choice");
  CHECK(Parsed<EnumDescriptorProto>("p.E").value(0).name() == "ZERO");
  CHECK(Parsed<EnumValueDescriptorProto>("p.ZERO").number() == 0);
}

TEST_CASE("symbol_descriptor: names in JSON, types and options are told") {
  for (const FieldDescriptorProto& field :
       {Parsed<FieldDescriptorProto>("p.M.long_name"), Parsed<DescriptorProto>("p.M").field(0)}) {
    CHECK(field.json_name() == "longName");
    CHECK(field.type() == FieldDescriptorProto::TYPE_STRING);
    CHECK(field.options().deprecated());
  }
  CHECK(Parsed<FieldDescriptorProto>("p.M.left").type_name() == ".p.M");
  CHECK(Parsed<FieldDescriptorProto>("p.M.e").type_name() == ".p.E");
}

TEST_CASE("symbol_descriptor: every kind has its file") {
  const BuiltFile built(kText);
  for (const char* name : {"p.S", "p.S.Do", "p.M", "p.M.left", "p.M.choice", "p.E", "p.ZERO"}) {
    CHECK(built.Find(name).File() == &built.file());
  }
  CHECK(Symbol().File() == nullptr);
}

}  // namespace
}  // namespace rpcctl
