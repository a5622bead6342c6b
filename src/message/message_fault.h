// What is wrong with a message a peer sent, with the path of fields to the place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// Found deep inside, it gets its path on the way out: each level puts its own field in front.
struct MessageFault {
  std::string reason;     // "invalid UTF-8"
  std::string path = {};  // ".inner.tags[2]"; empty means the message itself

  // Puts `field` in front, with its place: "[2]" for an element, "[\"env\"]" for a map value, "" without one.
  MessageFault Inside(const google::protobuf::FieldDescriptor& field, std::string_view place = "") &&;
};

using MaybeFault = std::optional<MessageFault>;

// "invalid UTF-8 in pkg.Order.inner.tags[2]", safe to show.
std::string FaultText(const MessageFault& fault, const google::protobuf::Descriptor& root);

// The error for a received message of type `root`, kStatus with INTERNAL (13):
// "response does not parse: invalid UTF-8 in pkg.Order.inner.tags[2]".
Error UnparsedError(const MessageFault& fault, const google::protobuf::Descriptor& root);
// "response has no JSON form: ...", for one that parses.
Error UnprintableError(const MessageFault& fault, const google::protobuf::Descriptor& root);

// "[2]".
std::string IndexPlace(int index);
// "[\"env\"]", shortened when it is long.
std::string KeyPlace(std::string_view key);

}  // namespace rpcctl
