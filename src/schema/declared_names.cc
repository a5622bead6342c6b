#include "schema/declared_names.h"

#include <google/protobuf/descriptor.pb.h>

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

using Names = std::vector<std::string>;

void AppendEnum(const EnumDescriptorProto& enumeration, std::string_view scope, Names& names) {
  names.push_back(Qualified(scope, enumeration.name()));
  for (const auto& value : enumeration.value()) names.push_back(Qualified(scope, value.name()));
}

void AppendMethods(const ServiceDescriptorProto& service, std::string_view full_name, Names& names) {
  for (const auto& method : service.method()) names.push_back(Qualified(full_name, method.name()));
}

// The oneof that stands for the presence of an optional field of proto3 holds that field alone.
bool IsSynthetic(const DescriptorProto& message, int oneof) {
  for (const auto& field : message.field()) {
    if (field.has_oneof_index() && field.oneof_index() == oneof) return field.proto3_optional();
  }
  return false;
}

// Recursive, as deep as protobuf reads nested messages from bytes (100).
void AppendMembers(const DescriptorProto& message, const std::string& scope, Names& names) {
  for (const auto& field : message.field()) names.push_back(Qualified(scope, field.name()));
  for (const auto& extension : message.extension()) names.push_back(Qualified(scope, extension.name()));
  for (int i = 0; i < message.oneof_decl_size(); ++i) {
    if (!IsSynthetic(message, i)) names.push_back(Qualified(scope, message.oneof_decl(i).name()));
  }
  for (const auto& enumeration : message.enum_type()) AppendEnum(enumeration, scope, names);
  for (const DescriptorProto& nested : message.nested_type()) {
    if (nested.options().map_entry()) continue;
    const std::string full_name = Qualified(scope, nested.name());
    names.push_back(full_name);
    AppendMembers(nested, full_name, names);
  }
}

}  // namespace

std::string Qualified(std::string_view scope, std::string_view name) {
  std::string full(scope);
  if (!full.empty()) full += '.';
  return full.append(name);
}

std::string_view Scope(std::string_view full_name) {
  const size_t dot = full_name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : full_name.substr(0, dot);
}

std::vector<std::string> PackageLevelNames(const FileDescriptorProto& file) {
  Names names;
  for (const auto& message : file.message_type()) names.push_back(Qualified(file.package(), message.name()));
  for (const auto& enumeration : file.enum_type()) AppendEnum(enumeration, file.package(), names);
  for (const auto& service : file.service()) names.push_back(Qualified(file.package(), service.name()));
  for (const auto& extension : file.extension()) names.push_back(Qualified(file.package(), extension.name()));
  return names;
}

std::vector<std::string> DeclaredNames(const FileDescriptorProto& file) {
  Names names = PackageLevelNames(file);
  for (const auto& message : file.message_type()) {
    AppendMembers(message, Qualified(file.package(), message.name()), names);
  }
  for (const auto& service : file.service()) {
    AppendMethods(service, Qualified(file.package(), service.name()), names);
  }
  return names;
}

std::vector<std::string> DeclaredMethods(const FileDescriptorProto& file, std::string_view service) {
  Names names;
  for (const auto& candidate : file.service()) {
    if (Qualified(file.package(), candidate.name()) == service) AppendMethods(candidate, service, names);
  }
  return names;
}

}  // namespace rpcctl
