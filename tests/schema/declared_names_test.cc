#include "schema/declared_names.h"

#include <doctest/doctest.h>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kText = R"(package p;
  message M { string s = 1; message N { int32 i = 1; enum E { ZERO = 0; } } map<string, N> by_name = 2;
              oneof o { int32 left = 3; } optional int32 maybe = 4; }
  enum Top { NONE = 0; }
  service S { rpc Do(M) returns (M); rpc More(M) returns (M); }
  extend M { int32 ext = 100; })";

TEST_CASE("declared_names: a name is qualified by its scope, where there is one") {
  CHECK(Qualified("a.b", "C") == "a.b.C");
  CHECK(Qualified("", "C") == "C");
}

TEST_CASE("declared_names: the scope is what stands before the last dot") {
  CHECK(Scope("a.b.C") == "a.b");
  CHECK(Scope("C") == "");
  CHECK(Scope("") == "");
}

TEST_CASE("declared_names: at package level stand types, services, extensions and the values of enums") {
  CHECK(PackageLevelNames(ParseText("a.proto", kText)) == Names{"p.M", "p.Top", "p.NONE", "p.S", "p.ext"});
}

TEST_CASE("declared_names: all names are those, and what is within") {
  CHECK(DeclaredNames(ParseText("a.proto", kText)) ==
        Names{"p.M", "p.Top", "p.NONE", "p.S", "p.ext",                           // at package level
              "p.M.s", "p.M.by_name", "p.M.left", "p.M.maybe", "p.M.o", "p.M.N",  // in M
              "p.M.N.i", "p.M.N.E", "p.M.N.ZERO", "p.S.Do", "p.S.More"});
}

TEST_CASE("declared_names: without a package names stand alone") {
  CHECK(DeclaredNames(ParseText("a.proto", "message M { int32 i = 1; }")) == Names{"M", "M.i"});
}

TEST_CASE("declared_names: the methods of one service") {
  const auto file = ParseText("a.proto", kText);
  CHECK(DeclaredMethods(file, "p.S") == Names{"p.S.Do", "p.S.More"});
  CHECK(DeclaredMethods(file, "S").empty());
  CHECK(DeclaredMethods(file, "p.M").empty());
}

}  // namespace
}  // namespace rpcctl
