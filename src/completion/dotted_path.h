// Paths of field names joined by dots, which descend through messages that are there once.
#pragma once

#include <string_view>

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// The type whose fields stand behind `path`, "location." or "", in a message of `root`; null where a part of
// it is no such message.
const google::protobuf::Descriptor* TypeInside(const google::protobuf::Descriptor& root,
                                               std::string_view path);

}  // namespace rpcctl
