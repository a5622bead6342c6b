#include "schema/local_types.h"

#include <google/protobuf/descriptor.pb.h>

#include "schema/declared_names.h"

namespace rpcctl {

using google::protobuf::DescriptorProto;

LocalTypes::LocalTypes(const google::protobuf::FileDescriptorProto& file) {
  for (const DescriptorProto& message : file.message_type()) Add(message, file.package());
  AddEnums(file.enum_type(), file.package());
}

const LocalTypes::Kind* LocalTypes::Find(const std::string& full_name) const {
  const auto found = kinds_.find(full_name);
  return found == kinds_.end() ? nullptr : &found->second;
}

// Recursive, as deep as protobuf reads nested messages from bytes (100).
void LocalTypes::Add(const DescriptorProto& message, std::string_view scope) {
  const std::string full_name = Qualified(scope, message.name());
  kinds_.emplace(full_name, Kind::kMessage);
  for (const DescriptorProto& nested : message.nested_type()) Add(nested, full_name);
  AddEnums(message.enum_type(), full_name);
}

template <typename Enums>
void LocalTypes::AddEnums(const Enums& enums, std::string_view scope) {
  for (const auto& type : enums) kinds_.emplace(Qualified(scope, type.name()), Kind::kEnum);
}

}  // namespace rpcctl
