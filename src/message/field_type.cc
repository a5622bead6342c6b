#include "message/field_type.h"

#include <google/protobuf/descriptor.h>

#include "message/features.h"

namespace rpcctl {

using google::protobuf::FieldDescriptor;

std::string ElementTypeName(const FieldDescriptor& field) {
  if (field.type() == FieldDescriptor::TYPE_ENUM) return "enum " + field.enum_type()->full_name();
  const bool group = field.type() == FieldDescriptor::TYPE_GROUP && !IsOfEdition(*field.file());
  if (group) return "group " + field.message_type()->full_name();
  if (field.message_type() != nullptr) return "message " + field.message_type()->full_name();
  return field.type_name();
}

std::string FieldTypeName(const FieldDescriptor& field) {
  if (field.is_map()) {
    const auto* entry = field.message_type();
    return "map<" + ElementTypeName(*entry->map_key()) + ", " + ElementTypeName(*entry->map_value()) + ">";
  }
  return (field.is_repeated() ? "repeated " : "") + ElementTypeName(field);
}

}  // namespace rpcctl
