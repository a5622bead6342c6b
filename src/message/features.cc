#include "message/features.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include "base/lowered_features.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

// What lowering left in options; 0 where it left nothing.
uint64_t LeftIn(const FieldDescriptor& field) {
  return LoweredMark(field.options().unknown_fields());
}

bool IsProto3(const FileDescriptor& file) {
  return file.syntax() == FileDescriptor::SYNTAX_PROTO3;
}

}  // namespace

// What lowering left counts only where it can be true: a server could leave it as well.
FieldFeatures FeaturesOf(const FieldDescriptor& field) {
  const uint64_t left = IsProto3(*field.file()) ? 0 : LeftIn(field);
  const bool is_message = field.message_type() != nullptr;
  const bool natively = !field.has_presence() && !field.is_repeated();
  const bool can_be_implicit = !is_message && !field.is_repeated() && !field.is_required() &&
                               !field.is_extension() && field.containing_oneof() == nullptr;
  return {.implicit_presence = natively || (can_be_implicit && (left & kLoweredImplicit) != 0),
          .packed = field.is_packed(),
          .delimited = IsDelimited(field),
          .verify_utf8 = MustBeUtf8(field)};
}

bool IsDelimited(const FieldDescriptor& field) {
  if (field.type() == FieldDescriptor::TYPE_GROUP) return true;
  if (field.type() != FieldDescriptor::TYPE_MESSAGE || IsProto3(*field.file()) || field.is_map())
    return false;
  return (LeftIn(field) & kLoweredDelimited) != 0;
}

bool MustBeUtf8(const FieldDescriptor& field) {
  if (field.type() != FieldDescriptor::TYPE_STRING) return false;
  return IsProto3(*field.file()) || (LeftIn(field) & kLoweredUtf8) != 0;
}

bool IsClosed(const google::protobuf::EnumDescriptor& type) {
  return !IsProto3(*type.file()) && (LoweredMark(type.options().unknown_fields()) & kLoweredOpen) == 0;
}

bool IsOfEdition(const FileDescriptor& file) {
  return LoweredMark(file.options().unknown_fields()) != 0;
}

}  // namespace rpcctl
