#include "message/format_value.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>

#include "message/chosen_value.h"
#include "message/json_form.h"
#include "message/message_json.h"
#include "message/scalar_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

using Choice = FormatStep::Choice;

std::string PlaceOf(const FormatStep& step) {
  switch (step.choice) {
    case Choice::kElement:
      return IndexPlace(step.index);
    case Choice::kMapValue:
      return KeyPlace(step.key);
    default:
      return "";
  }
}

// The scalar field of `message` that is to be shown for the whole; null when it is not such a wrapper.
const FieldDescriptor* WrappedScalar(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  const JsonForm form = JsonFormOf(type);
  if (form == JsonForm::kWrapper) return type.FindFieldByNumber(1);
  if (form != JsonForm::kValue) return nullptr;
  const FieldDescriptor* text = type.FindFieldByNumber(3);
  return message.GetReflection()->HasField(message, text) ? text : nullptr;
}

MaybeFault AppendMessage(const Message& message, MessageJson& json, std::string& out) {
  if (const FieldDescriptor* scalar = WrappedScalar(message)) {
    AppendScalar({message, *scalar}, ScalarStyle::kText, out);
    return std::nullopt;
  }
  const size_t begin = out.size();
  if (MaybeFault fault = json.Write(message, out)) return fault;
  if (out[begin] == '"') {
    out.pop_back();
    out.erase(begin, 1);
  }
  return std::nullopt;
}

// What the last step of a path chose in `message`.
MaybeFault AppendChosen(const Message& message, const FormatStep& step, const FieldValue& value,
                        MessageJson& json, std::string& out) {
  const bool whole = step.choice == Choice::kWhole;
  if (whole && step.field->is_repeated()) return json.WriteField(message, *step.field, out);
  if (value.field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    AppendScalar(value, ScalarStyle::kText, out);
    return std::nullopt;
  }
  if (whole && !message.GetReflection()->HasField(message, step.field)) return std::nullopt;
  MaybeFault fault = AppendMessage(MessageIn(value), json, out);
  if (fault) return std::move(*fault).Inside(*step.field, PlaceOf(step));
  return std::nullopt;
}

}  // namespace

MaybeFault AppendValueAt(const Message& message, std::span<const FormatStep> path, MessageJson& json,
                         std::string& out) {
  const Message* inside = &message;
  for (const FormatStep& step : path.first(path.size() - 1)) {
    const std::optional<FieldValue> value = ChosenValue(*inside, step);
    if (!value) return std::nullopt;
    inside = &MessageIn(*value);
  }
  const std::optional<FieldValue> value = ChosenValue(*inside, path.back());
  if (!value) return std::nullopt;
  MaybeFault fault = AppendChosen(*inside, path.back(), *value, json, out);
  for (size_t i = path.size() - 1; fault && i > 0; --i) {
    fault = std::move(*fault).Inside(*path[i - 1].field, PlaceOf(path[i - 1]));
  }
  return fault;
}

}  // namespace rpcctl
