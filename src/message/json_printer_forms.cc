// The forms of well-known types.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/message.h>

#include <cmath>

#include "base/base64.h"
#include "message/json_printer.h"
#include "message/json_string.h"
#include "message/message_parser.h"
#include "message/wire_check.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Each level holds a copy of what is inside it, so that the depth decides the memory a hostile message takes.
// Deeper ones are printed as base64.
constexpr int kDeepestAny = 16;

MaybeFault AppendTime(const Message& message, const JsonType& type, std::string& out) {
  const Reflection& from = *message.GetReflection();
  const int64_t seconds = from.GetInt64(message, type.fields[0].field);
  const int32_t nanos = from.GetInt32(message, type.fields[1].field);
  out += '"';
  MaybeFault fault = type.form == JsonForm::kTimestamp ? AppendTimestamp(seconds, nanos, out)
                                                       : AppendDuration(seconds, nanos, out);
  out += '"';
  return fault;
}

}  // namespace

MaybeFault JsonPrinter::PrintForm(const Message& message, const JsonType& type, JsonSink& sink, Level level) {
  switch (type.form) {
    case JsonForm::kTimestamp:
    case JsonForm::kDuration:
      return AppendTime(message, type, sink.out());
    case JsonForm::kFieldMask:
      return PrintMask(message, type, sink);
    case JsonForm::kValue:
      return PrintDynamicValue(message, type, sink, level);
    case JsonForm::kAny:
      return PrintAny(message, type, sink, level);
    default:  // the form of its only field
      return PrintFieldValue(message, *type.fields[0].field, sink, level);
  }
}

MaybeFault JsonPrinter::PrintMask(const Message& message, const JsonType& type, JsonSink& sink) {
  const FieldDescriptor& paths = *type.fields[0].field;
  const int size = message.GetReflection()->FieldSize(message, &paths);
  std::string mask, scratch;
  for (int i = 0; i < size; ++i) {
    if (i > 0) mask += ',';
    if (MaybeFault fault = AppendMaskPath(StringIn({message, paths, i}, scratch), mask)) return fault;
  }
  AppendJsonString(mask, sink.out());
  return std::nullopt;
}

// A Value that holds nothing should not exist; it is printed as null, since an answer is worth more than its
// defect.
MaybeFault JsonPrinter::PrintDynamicValue(const Message& message, const JsonType& type, JsonSink& sink,
                                          Level level) {
  const Reflection& from = *message.GetReflection();
  for (const JsonField& kind : type.fields) {
    if (!from.HasField(message, kind.field)) continue;
    if (kind.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) break;
    if (kind.field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE &&
        !std::isfinite(from.GetDouble(message, kind.field))) {
      return MessageFault{"a Value of NaN or infinity, which JSON has no number for,"};
    }
    return PrintFieldValue(message, *kind.field, sink, level);
  }
  sink.out() += "null";
  return std::nullopt;
}

MaybeFault JsonPrinter::PrintAny(const Message& message, const JsonType& type, JsonSink& sink, Level level) {
  std::string url_scratch, content_scratch;
  const std::string& type_url = StringIn({message, *type.fields[0].field}, url_scratch);
  const std::string& content = StringIn({message, *type.fields[1].field}, content_scratch);
  sink.BeginObject();
  if (!type_url.empty() || !content.empty()) {
    sink.StartMember("\"@type\"");
    AppendJsonString(type_url, sink.out());
    const JsonSink::Mark mark = sink.Here();
    if (!PrintAnyContent(type_url, content, sink, level)) {
      sink.BackTo(mark);
      sink.StartMember("\"@value\"");
      sink.out() += '"';
      AppendBase64(content, sink.out());
      sink.out() += '"';
    }
  }
  sink.EndObject();
  return std::nullopt;
}

bool JsonPrinter::PrintAnyContent(std::string_view type_url, std::string_view content, JsonSink& sink,
                                  Level level) {
  const Level inner{level.messages + 1, level.anys + 1};
  const Descriptor* type = FindTypeInAny(parser_.known(), type_url);
  if (type == nullptr || inner.anys > kDeepestAny) return false;
  const std::unique_ptr<Message> message =
      parser_.ParseNested(*type, content, kDeepestNesting - inner.messages);
  if (message == nullptr) return false;
  const JsonType& json_type = types_.Of(*type);
  if (json_type.form == JsonForm::kObject) return !PrintMembers(*message, json_type, sink, inner);
  sink.StartMember("\"value\"");
  return !PrintMessage(*message, sink, inner);
}

}  // namespace rpcctl
