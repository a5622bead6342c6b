#include "schema/symbol_descriptor.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "schema/edition_raising.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;

SymbolDescriptor Serialized(const google::protobuf::Message& proto) {
  return {proto.GetDescriptor()->full_name(), proto.SerializePartialAsString()};
}

template <typename Proto, typename Descriptor>
SymbolDescriptor Copied(const Descriptor& descriptor) {
  Proto proto;
  descriptor.CopyTo(&proto);
  return Serialized(proto);
}

// Recursive, as deep as types are nested (31).
void CopyJsonNames(const google::protobuf::Descriptor& message, DescriptorProto& proto) {
  for (int i = 0; i < message.field_count(); ++i) {
    proto.mutable_field(i)->set_json_name(message.field(i)->json_name());
  }
  for (int i = 0; i < message.extension_count(); ++i) {
    proto.mutable_extension(i)->set_json_name(message.extension(i)->json_name());
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    CopyJsonNames(*message.nested_type(i), *proto.mutable_nested_type(i));
  }
}

SymbolDescriptor OfMessage(const google::protobuf::Descriptor& message) {
  DescriptorProto proto;
  message.CopyTo(&proto);
  CopyJsonNames(message, proto);
  Raise(LoweredFrom(*message.file()), proto);
  return Serialized(proto);
}

SymbolDescriptor OfField(const google::protobuf::FieldDescriptor& field) {
  FieldDescriptorProto proto;
  field.CopyTo(&proto);
  proto.set_json_name(field.json_name());
  Raise(LoweredFrom(*field.file()), proto);
  return Serialized(proto);
}

SymbolDescriptor OfEnum(const google::protobuf::EnumDescriptor& type) {
  google::protobuf::EnumDescriptorProto proto;
  type.CopyTo(&proto);
  Raise(LoweredFrom(*type.file()), proto);
  return Serialized(proto);
}

}  // namespace

SymbolDescriptor DescriptorOf(const Symbol& symbol) {
  using namespace google::protobuf;
  if (symbol.service) return Copied<ServiceDescriptorProto>(*symbol.service);
  if (symbol.method) return Copied<MethodDescriptorProto>(*symbol.method);
  if (symbol.message) return OfMessage(*symbol.message);
  if (symbol.field) return OfField(*symbol.field);
  if (symbol.oneof) return Copied<OneofDescriptorProto>(*symbol.oneof);
  if (symbol.enumeration) return OfEnum(*symbol.enumeration);
  return Copied<EnumValueDescriptorProto>(*symbol.enum_value);
}

}  // namespace rpcctl
