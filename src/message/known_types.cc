#include "message/known_types.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>

namespace rpcctl {

KnownTypes Completed(KnownTypes known, const google::protobuf::Descriptor& type) {
  if (known.pool == nullptr) known.pool = type.file()->pool();
  if (known.find_type) return known;
  known.find_type = [pool = known.pool](std::string_view name) {
    return pool->FindMessageTypeByName(std::string(name));
  };
  return known;
}

const google::protobuf::Descriptor* FindTypeInAny(const KnownTypes& known, std::string_view type_url) {
  const google::protobuf::Descriptor* type = known.find_type(type_url.substr(type_url.rfind('/') + 1));
  return type == nullptr || type->options().map_entry() ? nullptr : type;
}

}  // namespace rpcctl
