// One named thing of a schema, of whatever kind it turned out to be.
#pragma once

#include <string>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class EnumDescriptor;
class EnumValueDescriptor;
class FieldDescriptor;
class FileDescriptor;
class MethodDescriptor;
class OneofDescriptor;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// Exactly one pointer is set where a symbol was found, none where it was not. Borrowed from the Schema.
struct Symbol {
  const google::protobuf::ServiceDescriptor* service = nullptr;
  const google::protobuf::MethodDescriptor* method = nullptr;
  const google::protobuf::Descriptor* message = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;  // extensions too
  const google::protobuf::OneofDescriptor* oneof = nullptr;
  const google::protobuf::EnumDescriptor* enumeration = nullptr;
  const google::protobuf::EnumValueDescriptor* enum_value = nullptr;

  bool Found() const;
  // Fully qualified, as protobuf has it: an enum value's name stands beside its enum.
  std::string FullName() const;
  // The file that declares it; null where nothing was found.
  const google::protobuf::FileDescriptor* File() const;
  // "service", "method", "message", "field", "oneof", "enum" or "enum value".
  std::string Kind() const;
};

// What `pool` knows under exactly this full name.
Symbol FindInPool(const google::protobuf::DescriptorPool& pool, const std::string& full_name);

}  // namespace rpcctl
