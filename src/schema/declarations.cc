#include "schema/declarations.h"

#include <google/protobuf/descriptor.pb.h>

#include "schema/declared_names.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;

// Recursive, as deep as protobuf reads nested messages from bytes (100).
void AppendMessage(const DescriptorProto& message, const std::string& scope,
                   std::vector<Declaration>& declared) {
  const std::string full_name = Qualified(scope, message.name());
  declared.push_back({Declares::kMessage, full_name});
  for (const auto& enumeration : message.enum_type())
    declared.push_back({Declares::kEnum, Qualified(full_name, enumeration.name())});
  for (const DescriptorProto& nested : message.nested_type()) {
    if (!nested.options().map_entry()) AppendMessage(nested, full_name, declared);
  }
}

}  // namespace

std::vector<Declaration> DeclarationsOf(const FileDescriptorProto& file) {
  std::vector<Declaration> declared;
  for (const auto& service : file.service()) {
    const std::string full_name = Qualified(file.package(), service.name());
    declared.push_back({Declares::kService, full_name});
    for (const auto& method : service.method())
      declared.push_back({Declares::kMethod, Qualified(full_name, method.name())});
  }
  for (const auto& message : file.message_type()) AppendMessage(message, file.package(), declared);
  for (const auto& enumeration : file.enum_type())
    declared.push_back({Declares::kEnum, Qualified(file.package(), enumeration.name())});
  return declared;
}

}  // namespace rpcctl
