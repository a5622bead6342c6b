// What only the transport on the official core does.
#include "transport/grpc/grpc_transport.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace rpcctl {
namespace {

TEST_CASE("grpc transport: the version is that of the library, three numbers") {
  const std::string version = GrpcVersion();
  CHECK(version.starts_with("1."));
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
}

}  // namespace
}  // namespace rpcctl
