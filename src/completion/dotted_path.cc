#include "completion/dotted_path.h"

#include <google/protobuf/descriptor.h>

#include <string>

namespace rpcctl {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const Descriptor* TypeInside(const Descriptor& root, std::string_view path) {
  const Descriptor* type = &root;
  while (type != nullptr && !path.empty()) {
    const size_t dot = path.find('.');
    const FieldDescriptor* field = type->FindFieldByName(std::string(path.substr(0, dot)));
    type = field == nullptr || field->is_repeated() ? nullptr : field->message_type();
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  }
  return type;
}

}  // namespace rpcctl
