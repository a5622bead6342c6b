#include "schema/feature_table.h"

#include <algorithm>
#include <utility>

namespace rpcctl {
namespace {

constexpr FeatureValue kPresences[] = {{"EXPLICIT", 1}, {"IMPLICIT", 2}, {"LEGACY_REQUIRED", 3}};
constexpr FeatureValue kEnumTypes[] = {{"OPEN", 1}, {"CLOSED", 2}};
constexpr FeatureValue kRepeatedEncodings[] = {{"PACKED", 1}, {"EXPANDED", 2}};
constexpr FeatureValue kUtf8Validations[] = {{"VERIFY", 2}, {"NONE", 3}};
constexpr FeatureValue kMessageEncodings[] = {{"LENGTH_PREFIXED", 1}, {"DELIMITED", 2}};
constexpr FeatureValue kJsonFormats[] = {{"ALLOW", 1}, {"LEGACY_BEST_EFFORT", 2}};
constexpr FeatureValue kNamingStyles[] = {{"STYLE2024", 1}, {"STYLE_LEGACY", 2}};
constexpr FeatureValue kVisibilities[] = {
    {"EXPORT_ALL", 1}, {"EXPORT_TOP_LEVEL", 2}, {"LOCAL_ALL", 3}, {"STRICT", 4}};

constexpr Feature kFeatures[] = {
    {"field_presence", 1, &FeatureSet::field_presence, "FieldPresence", "FIELD_PRESENCE_UNKNOWN", kPresences},
    {"enum_type", 2, &FeatureSet::enum_type, "EnumType", "ENUM_TYPE_UNKNOWN", kEnumTypes},
    {"repeated_field_encoding", 3, &FeatureSet::repeated_field_encoding, "RepeatedFieldEncoding",
     "REPEATED_FIELD_ENCODING_UNKNOWN", kRepeatedEncodings},
    {"utf8_validation", 4, &FeatureSet::utf8_validation, "Utf8Validation", "UTF8_VALIDATION_UNKNOWN",
     kUtf8Validations},
    {"message_encoding", 5, &FeatureSet::message_encoding, "MessageEncoding", "MESSAGE_ENCODING_UNKNOWN",
     kMessageEncodings},
    {"json_format", 6, &FeatureSet::json_format, "JsonFormat", "JSON_FORMAT_UNKNOWN", kJsonFormats},
    {"enforce_naming_style", 7, nullptr, "EnforceNamingStyle", "ENFORCE_NAMING_STYLE_UNKNOWN", kNamingStyles},
    {"default_symbol_visibility", 8, nullptr, "DefaultSymbolVisibility", "DEFAULT_SYMBOL_VISIBILITY_UNKNOWN",
     kVisibilities},
};

constexpr std::pair<std::string_view, int> kHolders[] = {
    {"google.protobuf.FileOptions", kFileFeatures},
    {"google.protobuf.MessageOptions", kMessageFeatures},
    {"google.protobuf.FieldOptions", kFieldFeatures},
    {"google.protobuf.OneofOptions", kOneofFeatures},
    {"google.protobuf.EnumOptions", kEnumFeatures},
    {"google.protobuf.EnumValueOptions", kEnumValueFeatures},
    {"google.protobuf.ServiceOptions", kServiceFeatures},
    {"google.protobuf.MethodOptions", kMethodFeatures},
    {"google.protobuf.ExtensionRangeOptions", kExtensionRangeFeatures},
};

}  // namespace

std::span<const Feature> AllFeatures() {
  return kFeatures;
}

const Feature* FindFeature(std::string_view name) {
  const auto* const found = std::ranges::find(kFeatures, name, &Feature::name);
  return found == std::end(kFeatures) ? nullptr : found;
}

const Feature* FindFeature(int number) {
  const auto* const found = std::ranges::find(kFeatures, number, &Feature::number);
  return found == std::end(kFeatures) ? nullptr : found;
}

std::string_view FeatureValueName(const Feature& feature, int number) {
  const auto found = std::ranges::find(feature.values, number, &FeatureValue::number);
  return found == feature.values.end() ? std::string_view() : found->name;
}

int FeaturesNumberIn(std::string_view type) {
  const auto* const found = std::ranges::find(kHolders, type, &std::pair<std::string_view, int>::first);
  return found == std::end(kHolders) ? 0 : found->second;
}

}  // namespace rpcctl
