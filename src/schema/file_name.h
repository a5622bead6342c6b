// Reads the name out of a serialized FileDescriptorProto.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// The `name` of the serialized google.protobuf.FileDescriptorProto, without parsing the rest; empty when it
// has none. A kSchema error when the bytes are not a protobuf message.
Result<std::string> FileNameOf(std::string_view bytes);

}  // namespace rpcctl
