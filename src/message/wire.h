// Messages to bytes and back, whether or not their required fields are set.
#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace rpcctl {

// Both know the wire of editions, whose types may be built as something simpler (lowered_wire.h).

// Appends the bytes of `message` to `wire`, map entries in the order of their keys where they are kept as a
// map: the same message always gives the same bytes.
void AppendWire(const google::protobuf::Message& message, std::string& wire);

// Reads `wire` into `message`, on top of what it holds; false when it is not such a message.
bool MergeWire(std::string_view wire, google::protobuf::Message& message);

}  // namespace rpcctl
