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

// The fields of the group in which a proto2 message set wraps each of its extensions:
// group 1 { uint32 type_id = 2; bytes message = 3; }
inline constexpr uint32_t kMessageSetItem = 1;
inline constexpr uint32_t kMessageSetTypeId = 2;
inline constexpr uint32_t kMessageSetMessage = 3;

}  // namespace rpcctl
