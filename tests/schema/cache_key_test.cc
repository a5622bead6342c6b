#include "schema/cache_key.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("cache key: the file's name is a hash of all of it, the same on every machine") {
  CHECK(CacheKey{"", ""}.FileName() == "cbf29ce484222325");
  CHECK(CacheKey{"", "foobar"}.FileName() == "85944171f73967e8");
  CHECK(CacheKey{"h:1", "target h:1\n"}.FileName() != CacheKey{"h:1", "target h:2\n"}.FileName());
}

}  // namespace
}  // namespace rpcctl
