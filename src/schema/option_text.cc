#include "schema/option_text.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/unknown_field_set.h>

#include <cstdint>
#include <memory>

#include "schema/edition_features.h"
#include "schema/feature_table.h"
#include "schema/quote.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;
using google::protobuf::UnknownField;

class SafeValues final : public TextFormat::FastFieldValuePrinter {
 public:
  void PrintString(const std::string& value, TextFormat::BaseTextGenerator* out) const override {
    out->PrintString(QuoteText(value));
  }
  void PrintBytes(const std::string& value, TextFormat::BaseTextGenerator* out) const override {
    out->PrintString(QuoteBytes(value));
  }
};

// `options` once more, as the pool of the file knows its type: only there are the extensions known. Null when
// it does not. Lives as long as `factory`.
std::unique_ptr<Message> InPool(const Message& options, const DescriptorPool& pool,
                                DynamicMessageFactory& factory) {
  const Descriptor* type = pool.FindMessageTypeByName(options.GetDescriptor()->full_name());
  if (type == nullptr) return nullptr;
  const std::string bytes = options.SerializePartialAsString();
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  input.SetExtensionRegistry(&pool, &factory);
  std::unique_ptr<Message> known(factory.GetPrototype(type)->New());
  return known->ParsePartialFromCodedStream(&input) ? std::move(known) : nullptr;
}

bool IsSetByProtobuf(const FieldDescriptor& field) {
  return field.name() == "uninterpreted_option" || (field.name() == "map_entry" && !field.is_extension());
}

// `index` is -1 for a field that is not repeated.
std::string Value(const Message& options, const FieldDescriptor& field, int index,
                  const TextFormat::Printer& printer) {
  std::string text;
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    printer.PrintFieldValueToString(options, &field, index, &text);
    return text;
  }
  const Reflection& reflection = *options.GetReflection();
  printer.PrintToString(index < 0 ? reflection.GetMessage(options, &field)
                                  : reflection.GetRepeatedMessage(options, &field, index),
                        &text);
  while (text.ends_with(' ')) text.pop_back();
  return text.empty() ? "{}" : "{ " + text + " }";
}

bool IsFeatureSet(const FieldDescriptor& field) {
  return field.name() == "features" && !field.is_extension() && !field.is_repeated() &&
         field.message_type() != nullptr;
}

// Features stand in bytes that the type of `options` need not know.
std::vector<std::string> FeatureAssignments(const Message& options) {
  google::protobuf::UnknownFieldSet features;
  std::vector<std::string> assignments;
  if (!features.ParseFromString(FeatureBytes(options))) return assignments;
  for (const Feature& feature : AllFeatures()) {
    std::string_view value;
    for (int i = 0; i < features.field_count(); ++i) {
      const auto& field = features.field(i);
      const bool is_it = field.number() == feature.number && field.type() == UnknownField::TYPE_VARINT;
      if (is_it) value = FeatureValueName(feature, static_cast<int>(field.varint()));
    }
    if (!value.empty()) assignments.push_back(fmt::format("features.{} = {}", feature.name, value));
  }
  return assignments;
}

// Those that the generator of one language has declared.
void AppendLanguageFeatures(const Message& features, const TextFormat::Printer& printer,
                            std::vector<std::string>& assignments) {
  std::vector<const FieldDescriptor*> fields;
  features.GetReflection()->ListFields(features, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_extension() || field->is_repeated()) continue;
    assignments.push_back(
        fmt::format("features.({}) = {}", field->full_name(), Value(features, *field, -1, printer)));
  }
}

}  // namespace

std::vector<std::string> OptionAssignments(const Message& options, const DescriptorPool& pool) {
  if (options.ByteSizeLong() == 0) return {};
  DynamicMessageFactory factory(&pool);
  const std::unique_ptr<Message> in_pool = InPool(options, pool, factory);
  const Message& known = in_pool != nullptr ? *in_pool : options;
  TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetHideUnknownFields(true);
  printer.SetDefaultFieldValuePrinter(new SafeValues);  // which it owns
  std::vector<const FieldDescriptor*> fields;
  known.GetReflection()->ListFields(known, &fields);
  std::vector<std::string> assignments = FeatureAssignments(options);
  for (const FieldDescriptor* field : fields) {
    if (IsSetByProtobuf(*field)) continue;
    if (IsFeatureSet(*field)) {
      AppendLanguageFeatures(known.GetReflection()->GetMessage(known, field), printer, assignments);
      continue;
    }
    const std::string name = field->is_extension() ? "(" + field->full_name() + ")" : field->name();
    const int count = field->is_repeated() ? known.GetReflection()->FieldSize(known, field) : 1;
    for (int i = 0; i < count; ++i) {
      assignments.push_back(name + " = " + Value(known, *field, field->is_repeated() ? i : -1, printer));
    }
  }
  return assignments;
}

}  // namespace rpcctl
