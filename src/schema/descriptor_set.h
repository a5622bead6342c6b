// Takes a serialized google.protobuf.FileDescriptorSet apart, and puts one together, byte for byte.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/schema_source.h"

namespace rpcctl {

// The serialized files of the set, in their order, unread; nothing when `bytes` is not a protobuf message
// that could be a set.
std::optional<std::vector<std::string_view>> SplitDescriptorSet(std::string_view bytes);

// A set of these files in this order.
std::string JoinDescriptorSet(std::span<const SchemaFile> files);

}  // namespace rpcctl
