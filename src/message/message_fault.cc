#include "message/message_fault.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestPath = 200;  // bytes; 100 levels of a hostile message would fill a screen
constexpr size_t kLongestKey = 40;

constexpr int kInternalStatus = 13;  // as grpc-go and grpc-java have it for a message that does not parse

Error FaultError(std::string message, const MessageFault& fault, const google::protobuf::Descriptor& root) {
  message.append(fault.reason)
      .append(" in ")
      .append(SafeExcerpt(root.full_name() + fault.path, kLongestPath));
  return {ErrorKind::kStatus, std::move(message), {}, kInternalStatus};
}

}  // namespace

MessageFault MessageFault::Inside(const google::protobuf::FieldDescriptor& field, std::string_view place) && {
  std::string front = ".";
  if (field.is_extension()) {
    front.append("[").append(field.full_name()).append("]");
  } else {
    front += field.name();
  }
  front += place;
  return {std::move(reason), front + path};
}

Error UnparsedError(const MessageFault& fault, const google::protobuf::Descriptor& root) {
  return FaultError("response does not parse: ", fault, root);
}

Error UnprintableError(const MessageFault& fault, const google::protobuf::Descriptor& root) {
  return FaultError("response has no JSON form: ", fault, root);
}

std::string IndexPlace(int index) {
  return fmt::format("[{}]", index);
}

std::string KeyPlace(std::string_view key) {
  return fmt::format("[\"{}\"]", SafeExcerpt(key, kLongestKey));
}

}  // namespace rpcctl
