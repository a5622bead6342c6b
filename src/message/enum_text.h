// The value of an enum as people write it in items: COLOR_RED, red, 2.
#pragma once

#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class EnumDescriptor;
}

namespace rpcctl {

// The number that `text` means: a value's full name, its name without the prefix that all names of the enum
// share (in any case, as is the full name), or a number. A closed enum (proto2, and where an edition says so)
// takes only its own numbers. A short form that two values answer to, and one that nothing answers to, are
// kInput errors; the hint has the nearest names.
Result<int> ParseEnum(const google::protobuf::EnumDescriptor& type, std::string_view text);

// What the names of all values of `type` begin with, up to and including an underscore, and a short form leaves
// out; empty where they share nothing.
std::string_view CommonPrefix(const google::protobuf::EnumDescriptor& type);

}  // namespace rpcctl
