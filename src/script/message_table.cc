#include "script/message_table.h"

#include "base/safe_text.h"

namespace rpcctl {

using google::protobuf::Descriptor;
using google::protobuf::Message;

Result<const Message*> MessageTable::Parse(const Descriptor& type, std::string_view wire) {
  std::unique_ptr<MessageParser>& parser = parsers_[&type];
  if (parser == nullptr) parser = std::make_unique<MessageParser>(type, known_);
  if (MaybeFault fault = parser->Parse(wire)) return UnparsedError(*fault, type);
  return &parser->message();
}

std::string MessageTable::Excerpt(const Descriptor& type, std::string_view wire, size_t limit) {
  const Result<const Message*> message = Parse(type, wire);
  if (!message) return "(" + message.error().message + ")";
  std::string document;
  if (MaybeFault fault = json_.Write(**message, document)) return "(" + FaultText(*fault, type) + ")";
  if (document.size() <= limit) return document;
  return SafeExcerpt(document, limit);
}

}  // namespace rpcctl
