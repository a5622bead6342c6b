#include "message/known_types.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>

namespace rpcctl {

using google::protobuf::Descriptor;

KnownTypes Completed(KnownTypes known, const Descriptor& type) {
  if (known.pool == nullptr) known.pool = type.file()->pool();
  const google::protobuf::DescriptorPool* pool = known.pool;
  if (!known.find_type) {
    known.find_type = [pool](std::string_view name) {
      return pool->FindMessageTypeByName(std::string(name));
    };
  }
  if (!known.find_extension) {
    known.find_extension = [pool](const Descriptor& extended, int number) {
      return pool->FindExtensionByNumber(&extended, number);
    };
  }
  if (!known.find_named_extension) {
    known.find_named_extension = [pool](const Descriptor& extended, std::string_view name) {
      return pool->FindExtensionByPrintableName(&extended, std::string(name));
    };
  }
  return known;
}

const Descriptor* FindTypeInAny(const KnownTypes& known, std::string_view type_url) {
  const Descriptor* type = known.find_type(type_url.substr(type_url.rfind('/') + 1));
  return type == nullptr || type->options().map_entry() ? nullptr : type;
}

}  // namespace rpcctl
