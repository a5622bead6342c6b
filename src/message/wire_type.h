// How the value behind a tag is encoded (protobuf.dev/programming-guides/encoding).
#pragma once

#include <cstdint>

namespace rpcctl {

enum class WireType : uint8_t {
  kVarint = 0,
  kFixed64 = 1,
  kBytes = 2,  // length-delimited
  kStartGroup = 3,
  kEndGroup = 4,
  kFixed32 = 5,
};

}  // namespace rpcctl
