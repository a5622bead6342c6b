// The descriptor of a symbol as the message that descriptor.proto declares for its kind.
#pragma once

#include <string>

#include "schema/symbol.h"

namespace rpcctl {

struct SymbolDescriptor {
  std::string type;  // "google.protobuf.DescriptorProto", "google.protobuf.MethodDescriptorProto"...
  std::string wire;  // serialized; without comments and places, which a file keeps apart
};

// `symbol` was found. Type names in it are complete, and so are the names in JSON.
SymbolDescriptor DescriptorOf(const Symbol& symbol);

}  // namespace rpcctl
