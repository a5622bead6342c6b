#include "script/value_shape.h"

#include <google/protobuf/descriptor.h>

#include "message/field_type.h"
#include "message/json_form.h"

namespace rpcctl {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Kind = ValueShape::Kind;

ValueShape ShapeOfMessage(const Descriptor& type) {
  switch (JsonFormOf(type)) {
    case JsonForm::kTimestamp:
      return {.kind = Kind::kTime, .type = &type};
    case JsonForm::kDuration:
      return {.kind = Kind::kLength, .type = &type};
    case JsonForm::kWrapper:
      return {.kind = Kind::kScalar, .field = type.FindFieldByNumber(1), .type = &type};
    default:
      return {.kind = Kind::kMessage, .type = &type};
  }
}

ValueShape ShapeOfElement(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) return ShapeOfMessage(*field.message_type());
  return {.kind = Kind::kScalar, .field = &field};
}

ValueShape ShapeOfField(const FieldDescriptor& field) {
  if (field.is_map()) return {.kind = Kind::kMap, .field = &field};
  if (field.is_repeated()) return {.kind = Kind::kList, .field = &field};
  return ShapeOfElement(field);
}

std::string ShapeName(const ValueShape& shape) {
  switch (shape.kind) {
    case Kind::kScalar:
      return ElementTypeName(*shape.field);
    case Kind::kTime:
      return "a time";
    case Kind::kLength:
      return "a length of time";
    case Kind::kMessage:
      return "message " + shape.type->full_name();
    case Kind::kList:
    case Kind::kMap:
      return FieldTypeName(*shape.field);
    case Kind::kText:
      return "text";
    case Kind::kCount:
      return "a number of messages";
  }
  return "";
}

}  // namespace rpcctl
