#include "transport/rpc_status.h"

#include <fmt/format.h>

#include <array>

#include "base/size.h"

namespace rpcctl {

RpcStatus TooLarge(uint64_t size, uint64_t limit) {
  return {kResourceExhausted,
          fmt::format("response of {} is larger than the limit of {}", FormatSize(size), FormatSize(limit)),
          ""};
}

std::string_view StatusName(int code) {
  constexpr std::array<std::string_view, kHighestStatusCode + 1> kNames = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  const bool known = code >= 0 && code <= kHighestStatusCode;
  return known ? kNames[static_cast<size_t>(code)] : kNames[kUnknown];
}

}  // namespace rpcctl
