#include "transport/h2/grpc_timeout.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using namespace std::chrono_literals;

TEST_CASE("grpc-timeout: the finest unit that eight digits allow, rounded up") {
  CHECK(FormatGrpcTimeout(0ns) == "1n");
  CHECK(FormatGrpcTimeout(-5s) == "1n");
  CHECK(FormatGrpcTimeout(1ns) == "1n");
  CHECK(FormatGrpcTimeout(99'999'999ns) == "99999999n");
  CHECK(FormatGrpcTimeout(100'000'000ns) == "100000u");
  CHECK(FormatGrpcTimeout(100'000'001ns) == "100001u");
  CHECK(FormatGrpcTimeout(99'999'999us) == "99999999u");
  CHECK(FormatGrpcTimeout(100s) == "100000m");
  CHECK(FormatGrpcTimeout(99'999'999ms) == "99999999m");
  CHECK(FormatGrpcTimeout(100'000'000ms) == "100000S");
  CHECK(FormatGrpcTimeout(99'999'999s) == "99999999S");
  CHECK(FormatGrpcTimeout(100'000'000s) == "1666667M");
  CHECK(FormatGrpcTimeout(Duration::max()) == "2562048H");
}

}  // namespace
}  // namespace rpcctl
