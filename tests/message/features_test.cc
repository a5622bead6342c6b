#include "message/features.h"

#include "tests/support/built_file.h"
#include "tests/support/edition_types.h"

namespace rpcctl {
namespace {

FieldFeatures Of(const std::string& name) {
  return FeaturesOf(EditionTypes::Get().Field(name));
}

TEST_CASE("features: a file that could be built as proto3 says all by itself") {
  REQUIRE(EditionTypes::Get().Type("Plain").file()->syntax() ==
          google::protobuf::FileDescriptor::SYNTAX_PROTO3);
  CHECK_FALSE(Of("Plain.number").implicit_presence);
  CHECK(Of("Plain.implicit").implicit_presence);
  CHECK(Of("Plain.numbers").packed);
  CHECK_FALSE(Of("Plain.expanded").packed);
  CHECK(Of("Plain.text").verify_utf8);
  CHECK_FALSE(IsClosed(*EditionTypes::Get().Field("Plain.open").enum_type()));
}

TEST_CASE("features: a file built as proto2 remembers the rest") {
  REQUIRE(EditionTypes::Get().Type("mixed.Mixed").file()->syntax() ==
          google::protobuf::FileDescriptor::SYNTAX_PROTO2);
  CHECK_FALSE(Of("mixed.Mixed.explicit").implicit_presence);
  CHECK(Of("mixed.Mixed.implicit").implicit_presence);
  CHECK(Of("mixed.Mixed.closeds").packed);
  CHECK_FALSE(Of("mixed.Mixed.expanded").packed);
  CHECK(Of("mixed.Mixed.part").delimited);
  CHECK(Of("mixed.Mixed.group").delimited);
  CHECK_FALSE(Of("mixed.Mixed.plain").delimited);
  CHECK(Of("mixed.Mixed.checked").verify_utf8);
  CHECK_FALSE(Of("mixed.Mixed.unchecked").verify_utf8);
  CHECK(IsClosed(*EditionTypes::Get().Field("mixed.Mixed.closed").enum_type()));
  CHECK_FALSE(IsClosed(*EditionTypes::Get().Field("mixed.Mixed.open").enum_type()));
}

TEST_CASE("features: the entries of a map keep to the field, and are never delimited") {
  const auto& map = EditionTypes::Get().Field("mixed.Mixed.checked_map");
  CHECK(FeaturesOf(*map.message_type()->map_key()).verify_utf8);
  CHECK_FALSE(FeaturesOf(*map.message_type()->map_value()).implicit_presence);
  CHECK_FALSE(FeaturesOf(map).delimited);
}

TEST_CASE("features: only files of an edition are told as such") {
  CHECK(IsOfEdition(*EditionTypes::Get().Type("Plain").file()));
  CHECK(IsOfEdition(*EditionTypes::Get().Type("mixed.Mixed").file()));
  CHECK_FALSE(IsOfEdition(BuiltFile("syntax = \"proto2\";").file()));
}

TEST_CASE("features: marks that a server made up count only where they can be true") {
  google::protobuf::FileDescriptorProto file = ParseText(
      "a.proto",
      "syntax = \"proto2\"; message M { required int32 n = 1; optional M m = 2; map<string, M> by = 3; }");
  for (auto& field : *file.mutable_message_type(0)->mutable_field())
    field.mutable_options()->mutable_unknown_fields()->AddVarint(536870911, 7);
  const BuiltFile built(file);
  CHECK_FALSE(FeaturesOf(*built.Find("M.n").field).implicit_presence);
  CHECK_FALSE(FeaturesOf(*built.Find("M.n").field).verify_utf8);
  CHECK_FALSE(FeaturesOf(*built.Find("M.m").field).implicit_presence);
  CHECK_FALSE(FeaturesOf(*built.Find("M.by").field).delimited);
}

}  // namespace
}  // namespace rpcctl
