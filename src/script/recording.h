// Lines of a script that say of a message what it holds.
#pragma once

#include <string>
#include <string_view>

#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// A line "  expect .field == VALUE" for each field of the message in `wire` that is set and that a line can
// hold; `before` stands in front of the path ("first "). Empty where the message does not parse. Safe to
// show.
std::string ExpectationsOf(const google::protobuf::Descriptor& type, std::string_view wire,
                           std::string_view before, const KnownTypes& known);

}  // namespace rpcctl
