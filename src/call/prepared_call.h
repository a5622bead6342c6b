// A call ready to be made: what is left of a command line once everything in it was checked.
#pragma once

#include <cstdint>

#include "transport/transport.h"

namespace rpcctl {

enum class MethodKind { kUnary, kServerStreaming, kClientStreaming, kBidi };

constexpr bool StreamsRequests(MethodKind kind) {
  return kind == MethodKind::kClientStreaming || kind == MethodKind::kBidi;
}
constexpr bool StreamsResponses(MethodKind kind) {
  return kind == MethodKind::kServerStreaming || kind == MethodKind::kBidi;
}

struct PreparedCall {
  CallStart start;
  MethodKind kind = MethodKind::kUnary;
  uint64_t limit = 0;  // stop, with success, after so many responses; 0 for no limit
};

}  // namespace rpcctl
