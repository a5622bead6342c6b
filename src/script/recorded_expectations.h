// What a script may expect of a message that came once, when it comes again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace google::protobuf {
class Message;
}

namespace rpcctl {

class MessageJson;

// Lines such as "expect .message == 'Hello, you!'", one for each scalar that is set in `message`, by number
// and at every depth, at most `most` of them. Of what will be another the next time, a Timestamp and a text
// that reads as a time or a UUID, only that it exists. Left out: bytes and texts that are long or not safe to
// show, extensions, and what is inside Any, Struct and the like. A message has no more than 20 levels that
// are looked at.
std::vector<std::string> ExpectationsOf(const google::protobuf::Message& message, MessageJson& json,
                                        size_t most);

}  // namespace rpcctl
