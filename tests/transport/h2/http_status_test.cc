#include "transport/h2/http_status.h"

#include <doctest/doctest.h>

#include <map>

namespace rpcctl {
namespace {

TEST_CASE("http status: as grpc's table maps it") {
  const std::map<int, int> expected = {{400, 13}, {401, 16}, {403, 7}, {404, 12}, {429, 14}, {502, 14},
                                       {503, 14}, {504, 14}, {200, 2}, {301, 2},  {418, 2},  {500, 2}};
  for (const auto& [http, grpc] : expected) {
    CAPTURE(http);
    CHECK(StatusOfHttp(http) == grpc);
  }
}

TEST_CASE("http status: a reset by its error code") {
  // Of NO_ERROR to HTTP_1_1_REQUIRED, and one that has no name.
  const int expected[] = {13, 13, 13, 13, 13, 13, 13, 14, 1, 13, 13, 8, 7, 13, 13};
  for (uint32_t code = 0; code < std::size(expected); ++code) {
    CAPTURE(code);
    CHECK(StatusOfReset(code) == expected[code]);
  }
  CHECK(ErrorCodeName(0) == "NO_ERROR");
  CHECK(ErrorCodeName(13) == "HTTP_1_1_REQUIRED");
  CHECK(ErrorCodeName(14) == "error code 14");
}

}  // namespace
}  // namespace rpcctl
