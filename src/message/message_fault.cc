#include "message/message_fault.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestPath = 200;  // bytes; 100 levels of a hostile message would fill a screen
constexpr size_t kLongestKey = 40;

constexpr int kInternalStatus = 13;  // as grpc-go and grpc-java have it for a message that does not parse

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

std::string FaultText(const MessageFault& fault, const google::protobuf::Descriptor& root) {
  std::string text = fault.reason;
  return text.append(" in ").append(SafeExcerpt(root.full_name() + fault.path, kLongestPath));
}

Error UnparsedError(const MessageFault& fault, const google::protobuf::Descriptor& root) {
  return {ErrorKind::kStatus, "response does not parse: " + FaultText(fault, root), {}, kInternalStatus};
}

Error UnprintableError(const MessageFault& fault, const google::protobuf::Descriptor& root) {
  return {ErrorKind::kStatus, "response has no JSON form: " + FaultText(fault, root), {}, kInternalStatus};
}

std::string IndexPlace(int index) {
  return fmt::format("[{}]", index);
}

std::string KeyPlace(std::string_view key) {
  return fmt::format("[\"{}\"]", SafeExcerpt(key, kLongestKey));
}

}  // namespace rpcctl
