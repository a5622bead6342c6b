#include "schema/declared_extensions.h"

#include <doctest/doctest.h>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

TEST_CASE("declared_extensions: those of the file and those within messages, as they are written") {
  const auto file = ParseText("a.proto", R"(syntax = "proto2"; package p;
    extend M { optional int32 one = 1; repeated M two = 2; }
    message N { extend .q.O { optional int32 three = 3; } message Deep { extend p.M { optional int32 four = 4; } } })");
  std::string found;
  for (const DeclaredExtension& extension : DeclaredExtensions(file)) {
    found += extension.extendee + " " + std::to_string(extension.number) + "; ";
  }
  CHECK(found == "M 1; M 2; .q.O 3; p.M 4; ");
}

TEST_CASE("declared_extensions: a file without any has none") {
  CHECK(DeclaredExtensions(ParseText("a.proto", "message M {}")).empty());
}

TEST_CASE("declared_extensions: a relative name can mean what ends in it, an absolute one only itself") {
  CHECK(CanMeanType(".p.M", "p.M"));
  CHECK(CanMeanType("p.M", "p.M"));
  CHECK(CanMeanType("M", "p.M"));
  CHECK(CanMeanType("p.M", "a.p.M"));
  CHECK_FALSE(CanMeanType(".M", "p.M"));
  CHECK_FALSE(CanMeanType("M", "p.xM"));
  CHECK_FALSE(CanMeanType("a.p.M", "p.M"));
  CHECK_FALSE(CanMeanType("", "p.M"));
}

}  // namespace
}  // namespace rpcctl
