// The text of one scalar value held by a message.
#pragma once

#include <string>

#include "message/scalar.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// One value of `message`: of a singular field (index -1) or an element of a repeated one. Borrowed.
struct FieldValue {
  const google::protobuf::Message& message;
  const google::protobuf::FieldDescriptor& field;
  int index = -1;
};

enum class ScalarStyle {
  kJson,  // as ProtoJSON has it: 64-bit integers, enum names and base64 quoted
  kName,  // as the name of a JSON object's member, always quoted: for map keys
  kText,  // for a line of text: nothing quoted, and safe on a terminal
};

// Appends `value`, which is not a message: its default when it is absent. An enum value is its name, or its
// number when it has none; a google.protobuf.NullValue is null.
void AppendScalar(const FieldValue& value, ScalarStyle style, std::string& out);

// The same for a value that no message holds yet; `field` is of its type.
void AppendScalar(const ScalarValue& value, const google::protobuf::FieldDescriptor& field, ScalarStyle style,
                  std::string& out);

// The message in `value`, an unset singular one being its default instance.
const google::protobuf::Message& MessageIn(const FieldValue& value);

// The string or bytes in `value`; `scratch` keeps them where the message does not.
const std::string& StringIn(const FieldValue& value, std::string& scratch);

}  // namespace rpcctl
