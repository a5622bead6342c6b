#include "schema/symbol.h"

#include <google/protobuf/descriptor.h>

namespace rpcctl {

bool Symbol::Found() const {
  return service || method || message || field || oneof || enumeration || enum_value;
}

std::string Symbol::FullName() const {
  if (service) return service->full_name();
  if (method) return method->full_name();
  if (message) return message->full_name();
  if (field) return field->full_name();
  if (oneof) return oneof->full_name();
  if (enumeration) return enumeration->full_name();
  return enum_value ? enum_value->full_name() : "";
}

std::string Symbol::Kind() const {
  if (service) return "service";
  if (method) return "method";
  if (message) return "message";
  if (field) return "field";
  if (oneof) return "oneof";
  if (enumeration) return "enum";
  return enum_value ? "enum value" : "";
}

const google::protobuf::FileDescriptor* Symbol::File() const {
  if (service) return service->file();
  if (method) return method->service()->file();
  if (message) return message->file();
  if (field) return field->file();
  if (oneof) return oneof->containing_type()->file();
  if (enumeration) return enumeration->file();
  return enum_value ? enum_value->type()->file() : nullptr;
}

Symbol FindInPool(const google::protobuf::DescriptorPool& pool, const std::string& full_name) {
  if (const auto* found = pool.FindMessageTypeByName(full_name)) return {.message = found};
  if (const auto* found = pool.FindServiceByName(full_name)) return {.service = found};
  if (const auto* found = pool.FindMethodByName(full_name)) return {.method = found};
  if (const auto* found = pool.FindEnumTypeByName(full_name)) return {.enumeration = found};
  if (const auto* found = pool.FindFieldByName(full_name)) return {.field = found};
  if (const auto* found = pool.FindExtensionByName(full_name)) return {.field = found};
  if (const auto* found = pool.FindOneofByName(full_name)) return {.oneof = found};
  if (const auto* found = pool.FindEnumValueByName(full_name)) return {.enum_value = found};
  return {};
}

}  // namespace rpcctl
