#include "schema/field_text.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <vector>

#include "schema/declared_names.h"
#include "schema/edition_features.h"
#include "schema/edition_raising.h"
#include "schema/member_order.h"
#include "schema/option_text.h"
#include "schema/quote.h"
#include "schema/type_name.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;

std::string Label(const FieldDescriptor& field) {
  if (field.is_map() || field.real_containing_oneof() != nullptr) return "";
  if (field.is_repeated()) return "repeated ";
  const int edition = LoweredFrom(*field.file());
  if (edition == kEditionProto3) return HadOptional(field) ? "optional " : "";
  if (edition != 0) return "";
  if (field.is_required()) return "required ";
  return field.has_optional_keyword() ? "optional " : "";
}

std::string ValueType(const FieldDescriptor& field, std::string_view scope) {
  if (field.type() == FieldDescriptor::TYPE_ENUM) return TypeNameIn(*field.enum_type(), *field.file(), scope);
  if (field.message_type() != nullptr) return TypeNameIn(*field.message_type(), *field.file(), scope);
  return field.type_name();
}

std::string TypeAndName(const FieldDescriptor& field) {
  const std::string_view scope = Scope(field.full_name());
  if (IsGroup(field)) return "group " + field.message_type()->name();
  if (!field.is_map()) return ValueType(field, scope) + " " + field.name();
  return fmt::format("map<{}, {}> {}", ValueType(*field.message_type()->map_key(), scope),
                     ValueType(*field.message_type()->map_value(), scope), field.name());
}

std::string DefaultValue(const FieldDescriptor& field) {
  if (field.type() == FieldDescriptor::TYPE_STRING) return QuoteText(field.default_value_string());
  if (field.type() == FieldDescriptor::TYPE_BYTES) return QuoteBytes(field.default_value_string());
  google::protobuf::FieldDescriptorProto proto;
  field.CopyTo(&proto);
  return proto.default_value();
}

// The name that ProtoJSON gives a field by itself: "fooBar" for "foo_bar".
std::string DefaultJsonName(std::string_view name) {
  std::string json_name;
  bool capital = false;
  for (const char c : name) {
    const bool lower = c >= 'a' && c <= 'z';
    if (c != '_') json_name += capital && lower ? static_cast<char>(c - 'a' + 'A') : c;
    capital = c == '_';
  }
  return json_name;
}

google::protobuf::FieldOptions OptionsOf(const FieldDescriptor& field) {
  const int edition = LoweredFrom(*field.file());
  if (edition == 0) return field.options();
  google::protobuf::FieldDescriptorProto proto;
  field.CopyTo(&proto);
  Raise(edition, proto);
  return proto.options();
}

std::vector<std::string> BracketedOptions(const FieldDescriptor& field) {
  std::vector<std::string> options;
  if (field.has_default_value()) options.push_back("default = " + DefaultValue(field));
  const bool renamed = field.has_json_name() && field.json_name() != DefaultJsonName(field.name());
  if (renamed && !field.is_extension()) options.push_back("json_name = " + QuoteText(field.json_name()));
  for (std::string& option : OptionAssignments(OptionsOf(field), *field.file()->pool())) {
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace

std::string FieldText(const FieldDescriptor& field) {
  std::string text = fmt::format("{}{} = {}", Label(field), TypeAndName(field), field.number());
  const std::vector<std::string> options = BracketedOptions(field);
  return options.empty() ? text : fmt::format("{} [{}]", text, fmt::join(options, ", "));
}

}  // namespace rpcctl
