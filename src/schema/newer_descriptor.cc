#include "schema/newer_descriptor.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <span>
#include <string>

#include "schema/edition_features.h"
#include "schema/feature_table.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;

constexpr std::string_view kFeatureSet = ".google.protobuf.FeatureSet";
constexpr std::string_view kEdition = ".google.protobuf.Edition";

constexpr FeatureValue kEditions[] = {
    {"EDITION_UNKNOWN", 0}, {"EDITION_LEGACY", 900}, {"EDITION_PROTO2", 998}, {"EDITION_PROTO3", 999},
    {"EDITION_2023", 1000}, {"EDITION_2024", 1001},  {"EDITION_2026", 1002},  {"EDITION_MAX", 0x7FFFFFFF},
};

constexpr std::string_view kVisibility = ".google.protobuf.SymbolVisibility";
constexpr FeatureValue kVisibilities[] = {
    {"VISIBILITY_UNSET", 0}, {"VISIBILITY_LOCAL", 1}, {"VISIBILITY_EXPORT", 2}};

struct NewField {
  std::string_view message;
  std::string_view name;
  int number;
  FieldDescriptorProto::Label label;
  FieldDescriptorProto::Type type;
  std::string_view type_name;
};

constexpr auto kOptional = FieldDescriptorProto::LABEL_OPTIONAL;
constexpr auto kEnum = FieldDescriptorProto::TYPE_ENUM;
constexpr NewField kNewFields[] = {
    {"FileDescriptorProto", "edition", kEditionNumber, kOptional, kEnum, kEdition},
    {"FileDescriptorProto", "option_dependency", kOptionDependencyNumber,
     FieldDescriptorProto::LABEL_REPEATED, FieldDescriptorProto::TYPE_STRING, ""},
    {"DescriptorProto", "visibility", kMessageVisibilityNumber, kOptional, kEnum, kVisibility},
    {"EnumDescriptorProto", "visibility", kEnumVisibilityNumber, kOptional, kEnum, kVisibility},
};

void AddValue(std::string_view name, int number, EnumDescriptorProto& type) {
  type.add_value()->set_name(std::string(name));
  type.mutable_value()->rbegin()->set_number(number);
}

void AddField(const NewField& added, DescriptorProto& message) {
  FieldDescriptorProto& field = *message.add_field();
  field.set_name(std::string(added.name));
  field.set_number(added.number);
  field.set_label(added.label);
  field.set_type(added.type);
  if (!added.type_name.empty()) field.set_type_name(std::string(added.type_name));
}

void AddEnum(std::string_view name, std::span<const FeatureValue> values, FileDescriptorProto& file) {
  EnumDescriptorProto& type = *file.add_enum_type();
  type.set_name(std::string(name));
  for (const FeatureValue& value : values) AddValue(value.name, value.number, type);
}

void AddFeatureSet(FileDescriptorProto& file) {
  DescriptorProto& message = *file.add_message_type();
  message.set_name("FeatureSet");
  for (const Feature& feature : AllFeatures()) {
    EnumDescriptorProto& type = *message.add_enum_type();
    type.set_name(std::string(feature.enumeration));
    AddValue(feature.unknown, 0, type);
    for (const FeatureValue& value : feature.values) AddValue(value.name, value.number, type);
    const std::string type_name = fmt::format("{}.{}", kFeatureSet, feature.enumeration);
    AddField({"", feature.name, feature.number, kOptional, kEnum, type_name}, message);
  }
  auto& range = *message.add_extension_range();
  range.set_start(kFirstLanguageFeature);
  range.set_end(10'001);
}

}  // namespace

void AddEditions(FileDescriptorProto& file) {
  AddEnum("Edition", kEditions, file);
  AddEnum("SymbolVisibility", kVisibilities, file);
  for (DescriptorProto& message : *file.mutable_message_type()) {
    if (const int number = FeaturesNumberIn(file.package() + "." + message.name()))
      AddField({"", "features", number, kOptional, FieldDescriptorProto::TYPE_MESSAGE, kFeatureSet}, message);
    for (const NewField& added : kNewFields) {
      if (added.message == message.name()) AddField(added, message);
    }
  }
  AddFeatureSet(file);
}

bool IsNewInDescriptor(std::string_view full_name) {
  for (const std::string_view type : {kFeatureSet.substr(1), kEdition.substr(1), kVisibility.substr(1)}) {
    if (full_name == type || (full_name.starts_with(type) && full_name[type.size()] == '.')) return true;
  }
  return false;
}

}  // namespace rpcctl
