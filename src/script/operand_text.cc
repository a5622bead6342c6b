#include "script/operand_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include "message/json_string.h"
#include "message/known_types.h"
#include "message/message_json.h"
#include "message/scalar_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Kind = ValueShape::Kind;

bool IsString(const ValueShape& shape) {
  const bool is_field = shape.kind == Kind::kScalar && shape.field->type() == FieldDescriptor::TYPE_STRING;
  return shape.kind == Kind::kText || is_field;
}

// Of a Timestamp or a Duration; `otherwise` where none can be written.
std::string InstantText(const Instant& instant, const Descriptor& type, const std::string& otherwise) {
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<Message> message(factory.GetPrototype(&type)->New());
  const google::protobuf::Reflection& into = *message->GetReflection();
  into.SetInt64(message.get(), type.FindFieldByNumber(1), instant.seconds);
  into.SetInt32(message.get(), type.FindFieldByNumber(2), instant.nanos);
  std::string text;
  return MessageJson(Completed({}, type)).Write(*message, text) ? otherwise : text;
}

}  // namespace

std::string OperandText(const Operand& operand, const ValueShape& shape, const TypedValue& value) {
  std::string text;
  if (IsString(shape)) {
    AppendJsonString(operand.text, text);
    return text;
  }
  if (operand.filled_in) return operand.text;
  if (shape.kind == Kind::kScalar) {
    AppendScalar(std::get<ScalarValue>(value), *shape.field, ScalarStyle::kJson, text);
    return text;
  }
  const auto* instant = std::get_if<Instant>(&value);
  return instant != nullptr && shape.type != nullptr ? InstantText(*instant, *shape.type, operand.text)
                                                     : operand.text;
}

}  // namespace rpcctl
