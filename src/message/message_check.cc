#include "message/message_check.h"

#include <google/protobuf/descriptor.h>

#include "message/message_maker.h"

namespace rpcctl {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

namespace {

// One object, so that a function that refers to it needs no memory of its own: there is one for each message.
struct Lookup {
  const KnownTypes& known;
  MessageMaker& maker;
  const Descriptor* too_deep = nullptr;

  const FieldDescriptor* Find(const Descriptor& extended, int number) {
    const FieldDescriptor* extension = known.find_extension(extended, number);
    const Descriptor* content = extension == nullptr ? nullptr : extension->message_type();
    if (content != nullptr && !maker.CanMake(*content)) too_deep = content;
    return extension;
  }
};

}  // namespace

MaybeFault CheckMessage(const Descriptor& type, const KnownTypes& known, MessageMaker& maker,
                        std::string_view wire, int depth) {
  Lookup lookup{known, maker};
  const ExtensionFinder find = [&lookup](const Descriptor& extended, int number) {
    return lookup.Find(extended, number);
  };
  if (MaybeFault fault = CheckWire(type, find, wire, depth)) return fault;
  if (lookup.too_deep != nullptr) return MessageFault{TooDeep(*lookup.too_deep)};
  return std::nullopt;
}

}  // namespace rpcctl
