// How a call ended: the gRPC status, as the server sent it or as the client had to conclude it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rpcctl {

// The status codes this program names itself; the numbers are those of grpc's doc/statuscodes.md.
enum StatusCode : int {
  kOk = 0,
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kUnimplemented = 12,
  kInternalStatus = 13,
  kUnavailable = 14,
  kUnauthenticated = 16,
};

constexpr int kHighestStatusCode = 16;

// How a transport begins the message of a call that was answered by HTTP, but not by gRPC.
constexpr std::string_view kHttpAnswer = "the server answered with HTTP ";

struct RpcStatus {
  int code = kOk;       // as received; a server may send a number that gRPC does not know
  std::string message;  // as received, percent-decoded: not safe to show
  std::string details;  // a serialized google.rpc.Status, or empty

  bool ok() const { return code == kOk; }
};

// RESOURCE_EXHAUSTED: of a response of `size` bytes, which is more than `limit`.
RpcStatus TooLarge(uint64_t size, uint64_t limit);

// "INVALID_ARGUMENT"; "UNKNOWN" for a number that gRPC does not know.
std::string_view StatusName(int code);

}  // namespace rpcctl
