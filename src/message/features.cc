#include "message/features.h"

#include <google/protobuf/descriptor.h>

namespace rpcctl {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

FieldFeatures FeaturesOf(const FieldDescriptor& field) {
  return {.implicit_presence = !field.has_presence() && !field.is_repeated(),
          .packed = field.is_packed(),
          .delimited = field.type() == FieldDescriptor::TYPE_GROUP,
          .verify_utf8 = field.type() == FieldDescriptor::TYPE_STRING &&
                         field.file()->syntax() == FileDescriptor::SYNTAX_PROTO3};
}

bool IsClosed(const google::protobuf::EnumDescriptor& type) {
  return type.file()->syntax() == FileDescriptor::SYNTAX_PROTO2;
}

}  // namespace rpcctl
