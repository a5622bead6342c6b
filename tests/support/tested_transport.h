// The transport that a run of the tests is about: what a call does is tested over each of them, from one
// table.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "cmd/rpcctl/transport_kind.h"
#include "transport/grpc/grpc_transport.h"
#include "transport/h2/h2_transport.h"

namespace rpcctl::testing {

// The one that RPCCTL_TEST_TRANSPORT names, as --transport would; h2 where it is not set.
inline TransportKind TestedTransport() {
  const char* named = std::getenv("RPCCTL_TEST_TRANSPORT");
  const std::string name = named == nullptr ? "h2" : named;
  if (name == "grpc") return {"grpc", MakeGrpcTransport, "grpc++", GrpcVersion};
  REQUIRE(name == "h2");
  return {"h2", MakeH2Transport, "nghttp2", Nghttp2Version};
}

}  // namespace rpcctl::testing
