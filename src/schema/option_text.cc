#include "schema/option_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/text_format.h>

#include <cstdint>
#include <memory>

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
  std::vector<std::string> assignments;
  for (const FieldDescriptor* field : fields) {
    if (IsSetByProtobuf(*field)) continue;
    const std::string name = field->is_extension() ? "(" + field->full_name() + ")" : field->name();
    const int count = field->is_repeated() ? known.GetReflection()->FieldSize(known, field) : 1;
    for (int i = 0; i < count; ++i) {
      assignments.push_back(name + " = " + Value(known, *field, field->is_repeated() ? i : -1, printer));
    }
  }
  return assignments;
}

}  // namespace rpcctl
