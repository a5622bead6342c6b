#include "schema/symbol.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

TEST_CASE("symbol: each kind has its name and what it is called") {
  const BuiltFile file(
      R"(syntax = "proto2"; package p; enum E { ONE = 1; } service S { rpc Do(M) returns (M); }
      message M { optional int32 f = 1; oneof o { int32 g = 2; } extensions 10 to 20; extend M { optional int32 x = 10; } })");
  const std::pair<const char*, const char*> kinds[] = {
      {"p.M", "message"}, {"p.M.f", "field"},      {"p.M.o", "oneof"}, {"p.M.x", "field"},
      {"p.E", "enum"},    {"p.ONE", "enum value"}, {"p.S", "service"}, {"p.S.Do", "method"}};
  for (const auto& [name, kind] : kinds) {
    CAPTURE(name);
    CHECK(file.Find(name).Kind() == kind);
    CHECK(file.Find(name).FullName() == name);
  }
}

TEST_CASE("symbol: what the pool does not know is not found") {
  const BuiltFile file("package p; message M {}");
  for (const char* name : {"", "p", "M", "p.N", "p.M.f"}) {
    const Symbol symbol = FindInPool(file.pool(), name);
    CHECK_FALSE(symbol.Found());
    CHECK(symbol.FullName() == "");
    CHECK(symbol.Kind() == "");
  }
}

}  // namespace
}  // namespace rpcctl
