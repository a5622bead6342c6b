#include "message/json_printer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/map_entries.h"

namespace rpcctl {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

JsonPrinter::JsonPrinter(MessageParser& parser, JsonStyle style)
    : parser_(parser), style_(style), types_(style.proto_names) {}

MaybeFault JsonPrinter::Print(const Message& message, std::string& out) {
  JsonSink sink(style_.layout, out);
  return PrintMessage(message, sink, {});
}

MaybeFault JsonPrinter::PrintField(const Message& message, const FieldDescriptor& field, std::string& out) {
  JsonSink sink(style_.layout, out);
  return PrintFieldValue(message, field, sink, {});
}

MaybeFault JsonPrinter::PrintMessage(const Message& message, JsonSink& sink, Level level) {
  const JsonType& type = types_.Of(*message.GetDescriptor());
  if (type.form != JsonForm::kObject) return PrintForm(message, type, sink, level);
  sink.BeginObject();
  if (MaybeFault fault = PrintMembers(message, type, sink, level)) return fault;
  sink.EndObject();
  return std::nullopt;
}

MaybeFault JsonPrinter::PrintMembers(const Message& message, const JsonType& type, JsonSink& sink,
                                     Level level) {
  const std::vector<JsonField> extensions =
      type.extendable ? SetExtensions(message) : std::vector<JsonField>();
  auto extension = extensions.begin();
  for (const JsonField& member : type.fields) {
    for (; extension != extensions.end() && extension->field->number() < member.field->number();
         ++extension) {
      if (MaybeFault fault = PrintMember(message, *extension, sink, level)) return fault;
    }
    if (MaybeFault fault = PrintMember(message, member, sink, level)) return fault;
  }
  for (; extension != extensions.end(); ++extension) {
    if (MaybeFault fault = PrintMember(message, *extension, sink, level)) return fault;
  }
  return std::nullopt;
}

std::vector<JsonField> JsonPrinter::SetExtensions(const Message& message) const {
  std::vector<const FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);  // by number
  std::vector<JsonField> extensions;
  for (const FieldDescriptor* field : set) {
    if (field->is_extension()) extensions.push_back(MakeJsonField(*field, style_.proto_names));
  }
  return extensions;
}

MaybeFault JsonPrinter::PrintMember(const Message& message, const JsonField& member, JsonSink& sink,
                                    Level level) {
  if (!IsPrinted(message, *member.field)) return std::nullopt;
  sink.StartMember(member.quoted_name);
  return PrintFieldValue(message, *member.field, sink, level);
}

bool JsonPrinter::IsPrinted(const Message& message, const FieldDescriptor& field) const {
  const Reflection& from = *message.GetReflection();
  if (field.is_repeated()) return style_.defaults || from.FieldSize(message, &field) > 0;
  return from.HasField(message, &field) || (style_.defaults && !field.has_presence());
}

MaybeFault JsonPrinter::PrintFieldValue(const Message& message, const FieldDescriptor& field, JsonSink& sink,
                                        Level level) {
  if (field.is_map()) return PrintMap(message, field, sink, level);
  if (field.is_repeated()) return PrintList(message, field, sink, level);
  MaybeFault fault = PrintValue({message, field}, sink, level);
  if (fault) return std::move(*fault).Inside(field);
  return std::nullopt;
}

MaybeFault JsonPrinter::PrintList(const Message& message, const FieldDescriptor& field, JsonSink& sink,
                                  Level level) {
  const int size = message.GetReflection()->FieldSize(message, &field);
  sink.BeginList();
  for (int i = 0; i < size; ++i) {
    sink.StartElement();
    MaybeFault fault = PrintValue({message, field, i}, sink, level);
    if (fault) return std::move(*fault).Inside(field, IndexPlace(i));
  }
  sink.EndList();
  return std::nullopt;
}

MaybeFault JsonPrinter::PrintMap(const Message& message, const FieldDescriptor& field, JsonSink& sink,
                                 Level level) {
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  std::string name;
  sink.BeginObject();
  for (const Message* entry : SortedMapEntries(message, field)) {
    name.clear();
    AppendScalar({*entry, key}, ScalarStyle::kName, name);
    sink.StartMember(name);
    // The entry is a message of its own on the wire.
    MaybeFault fault = PrintValue({*entry, value}, sink, {level.messages + 1, level.anys});
    if (fault) return std::move(*fault).Inside(value).Inside(field, KeyPlace(MapKeyText(*entry)));
  }
  sink.EndObject();
  return std::nullopt;
}

MaybeFault JsonPrinter::PrintValue(const FieldValue& value, JsonSink& sink, Level level) {
  if (value.field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return PrintMessage(MessageIn(value), sink, {level.messages + 1, level.anys});
  }
  AppendScalar(value, ScalarStyle::kJson, sink.out());
  return std::nullopt;
}

}  // namespace rpcctl
