#include "message/message_check.h"

#include <google/protobuf/descriptor.h>

#include "message/message_maker.h"

namespace rpcctl {

using google::protobuf::Descriptor;

MaybeFault CheckMessage(const Descriptor& type, const KnownTypes& known, MessageMaker& maker,
                        std::string_view wire, int depth) {
  const Descriptor* too_deep = nullptr;
  const ExtensionFinder find = [&](const Descriptor& extended, int number) {
    const google::protobuf::FieldDescriptor* extension = known.find_extension(extended, number);
    const Descriptor* content = extension == nullptr ? nullptr : extension->message_type();
    if (content != nullptr && !maker.CanMake(*content)) too_deep = content;
    return extension;
  };
  if (MaybeFault fault = CheckWire(type, find, wire, depth)) return fault;
  if (too_deep != nullptr) return MessageFault{TooDeep(*too_deep)};
  return std::nullopt;
}

}  // namespace rpcctl
