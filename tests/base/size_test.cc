#include "base/size.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("size: bytes, and units of 1024 and of 1000") {
  CHECK(*ParseSize("1000") == 1000);
  CHECK(*ParseSize("512KiB") == 512 * 1024);
  CHECK(*ParseSize("4MiB") == 4u << 20);
  CHECK(*ParseSize("1MB") == 1'000'000);
}

TEST_CASE("size: what is not a size is an error with an example") {
  for (const char* text :
       {"", "MiB", "-1", "1.5MiB", "4 MiB", "4mib", "99999999999999999999", "18446744073709551615KiB"}) {
    CAPTURE(text);
    Result<uint64_t> size = ParseSize(text);
    REQUIRE_FALSE(size);
    CHECK(size.error().hint == "write it as 4MiB, 512KiB or 1000 (bytes)");
  }
}

TEST_CASE("size: written for people") {
  CHECK(FormatSize(1) == "1 byte");
  CHECK(FormatSize(17) == "17 bytes");
  CHECK(FormatSize(4u << 20) == "4 MiB");
  CHECK(FormatSize(1536) == "1.5 KiB");
}

}  // namespace
}  // namespace rpcctl
