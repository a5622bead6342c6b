#include "transport/deflate.h"

#include <doctest/doctest.h>

#include "transport/inflate.h"

namespace rpcctl {
namespace {

TEST_CASE("deflate: what it makes inflates to the same") {
  std::string large;
  for (int i = 0; i < 100'000; ++i) large += std::to_string(i);
  for (const std::string& message : {std::string(), std::string("a"), std::string(1000, '\0'), large}) {
    std::string compressed = "old", inflated;
    REQUIRE(DeflateGzip(message, compressed));
    CHECK(compressed.starts_with("\x1f\x8b"));
    REQUIRE(Inflate(Compression::kGzip, compressed, message.size(), inflated).ok());
    CHECK(inflated == message);
  }
}

}  // namespace
}  // namespace rpcctl
