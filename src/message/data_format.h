// The forms in which messages are read from data and written to output.
#pragma once

#include <cstdint>

namespace rpcctl {

enum class DataFormat : uint8_t {
  kJson,    // ProtoJSON documents, one after another
  kText,    // protobuf's text format, messages separated by lines that hold only "---"
  kBinary,  // wire bytes, each message after its length as a varint (protobuf's writeDelimitedTo)
};

}  // namespace rpcctl
