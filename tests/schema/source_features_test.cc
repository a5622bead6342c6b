#include "schema/source_features.h"

#include "schema/edition_features.h"
#include "tests/support/edition_text.h"

namespace rpcctl {
namespace {

Error Mistake(std::string_view text) {
  const auto parsed = ParseProtoText("edition = \"2023\";\n" + std::string(text), "a.proto", "a.proto");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::kSchema);
  return parsed.error();
}

// The features that `options` themselves have.
FeatureSet Own(const google::protobuf::Message& options) {
  FeatureSet features;
  CHECK_FALSE(ReadFeatures(options, features).has_value());
  return features;
}

TEST_CASE("source_features: options of every kind of declaration become fields of a FeatureSet") {
  const auto file = EditionFile("a.proto", R"(
option features.field_presence = IMPLICIT;
message M {
  option features.json_format = LEGACY_BEST_EFFORT;
  int32 a = 1 [features.field_presence = EXPLICIT, deprecated = true, features.repeated_field_encoding = EXPANDED];
  oneof o { option features.enforce_naming_style = STYLE_LEGACY; int32 b = 2; }
  extensions 5 to 9 [features.enforce_naming_style = STYLE2024];
}
enum E { option features.enum_type = CLOSED; E0 = 0 [features.enforce_naming_style = STYLE2024]; }
service S { option features.enforce_naming_style = STYLE_LEGACY;
  rpc R(M) returns (M) { option features.enforce_naming_style = STYLE_LEGACY; } })");
  CHECK(Own(file.options()).Implicit());
  CHECK(Own(file.message_type(0).options()).json_format == 2);
  CHECK_FALSE(Own(file.message_type(0).field(0).options()).Packed());
  CHECK(Own(file.enum_type(0).options()).Closed());
  CHECK_FALSE(FeatureBytes(file.message_type(0).oneof_decl(0).options()).empty());
  CHECK_FALSE(FeatureBytes(file.message_type(0).extension_range(0).options()).empty());
  CHECK_FALSE(FeatureBytes(file.enum_type(0).value(0).options()).empty());
  CHECK_FALSE(FeatureBytes(file.service(0).options()).empty());
  CHECK_FALSE(FeatureBytes(file.service(0).method(0).options()).empty());
  CHECK(file.message_type(0).field(0).options().uninterpreted_option_size() == 1);  // deprecated
}

TEST_CASE("source_features: several may stand in braces, those of a language are left out") {
  const auto file = EditionFile("a.proto", R"(
option features = { field_presence: IMPLICIT, enum_type: CLOSED [pb.go] { api_level: API_OPAQUE } };
option features.(pb.cpp).string_type = VIEW;)");
  CHECK(Own(file.options()).Implicit());
  CHECK(Own(file.options()).Closed());
  CHECK(file.options().uninterpreted_option_size() == 0);
}

TEST_CASE("source_features: what a map field says counts for its keys and values") {
  const auto file =
      EditionFile("a.proto", "message M { map<string, string> m = 1 [features.utf8_validation = NONE]; }");
  const auto& entry = file.message_type(0).nested_type(0);
  CHECK_FALSE(Own(entry.field(0).options()).VerifiesUtf8());
  CHECK_FALSE(Own(entry.field(1).options()).VerifiesUtf8());
}

TEST_CASE("source_features: a feature that does not exist is told with its place") {
  const Error error = Mistake("option features.field_presense = IMPLICIT;");
  CHECK(error.message == "a.proto:2:8: there is no feature 'field_presense'");
  CHECK(error.hint == "did you mean 'field_presence'?");
  CHECK(Mistake("message M {\n  int32 a = 1 [features.nix = A];\n}")
            .hint.starts_with("the features are field_presence, "));
  CHECK(Mistake("option features = { nix: A };").message == "a.proto:2:8: there is no feature 'nix'");
  CHECK(Mistake("option features.enum_type.deeper = A;").message ==
        "a.proto:2:8: there is no feature 'enum_type.deeper'");
}

TEST_CASE("source_features: a value that does not exist is told with its place") {
  const Error error = Mistake("message M {\n  int32 a = 1 [features.field_presence = IMPLICT];\n}");
  CHECK(error.message == "a.proto:3:42: expected a value of features.field_presence, found 'IMPLICT'");
  CHECK(error.hint == "its values are EXPLICIT, IMPLICIT and LEGACY_REQUIRED");
  CHECK(Mistake("option features.enum_type = 1;").message.ends_with("found something else than a name"));
  CHECK(Mistake("option features = { enum_type: 1 };").message.ends_with("found nothing that is a name"));
  CHECK(Mistake("option features.enum_type = ENUM_TYPE_UNKNOWN;")
            .message.ends_with("found 'ENUM_TYPE_UNKNOWN'"));
}

}  // namespace
}  // namespace rpcctl
