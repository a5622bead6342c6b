#include "transport/rpc_status.h"

#include <doctest/doctest.h>

#include <limits>

namespace rpcctl {
namespace {

// The table of grpc's doc/statuscodes.md.
TEST_CASE("rpc status: every code has its name") {
  const char* const kNames[] = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  int code = 0;
  for (const char* name : kNames) CHECK(StatusName(code++) == name);
  CHECK(code == kHighestStatusCode + 1);
}

TEST_CASE("rpc status: the constants are the numbers of their names") {
  CHECK(StatusName(kInvalidArgument) == "INVALID_ARGUMENT");
  CHECK(StatusName(kPermissionDenied) == "PERMISSION_DENIED");
  CHECK(StatusName(kResourceExhausted) == "RESOURCE_EXHAUSTED");
  CHECK(StatusName(kInternalStatus) == "INTERNAL");
  CHECK(StatusName(kUnauthenticated) == "UNAUTHENTICATED");
}

TEST_CASE("rpc status: numbers that gRPC does not know are UNKNOWN") {
  for (int code : {-1, 17, 99, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
    CAPTURE(code);
    CHECK(StatusName(code) == "UNKNOWN");
  }
}

TEST_CASE("rpc status: only OK is ok") {
  CHECK(RpcStatus{}.ok());
  CHECK_FALSE(RpcStatus{kUnknown, "", ""}.ok());
  CHECK_FALSE(RpcStatus{-7, "", ""}.ok());
}

}  // namespace
}  // namespace rpcctl
