// Tells whether wire bytes are a message of a type, naming the place when they are not.
#pragma once

#include <string_view>

#include "message/known_types.h"
#include "message/message_fault.h"

namespace google::protobuf {
class Descriptor;
}  // namespace google::protobuf

namespace rpcctl {

// How many messages or groups may stand inside each other below the outermost one: protobuf's own limit.
constexpr int kDeepestNesting = 100;

// Nothing when `wire` is a well-formed message of `type`: tags and lengths hold, proto3 strings are UTF-8,
// and at most `depth` messages or groups, unknown ones too, stand inside each other. Every extension number
// that is met is asked of `find_extension`. protobuf's parser accepts what passes; where it does not, it
// names no place.
MaybeFault CheckWire(const google::protobuf::Descriptor& type, const ExtensionFinder& find_extension,
                     std::string_view wire, int depth = kDeepestNesting);

}  // namespace rpcctl
