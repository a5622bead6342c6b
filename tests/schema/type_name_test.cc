#include "schema/type_name.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

// How the type with this full name is called within `scope`.
std::string Named(const BuiltFile& file, const std::string& type, const std::string& scope) {
  const Symbol symbol = file.Find(type);
  return symbol.message ? TypeNameIn(*symbol.message, file.file(), scope)
                        : TypeNameIn(*symbol.enumeration, file.file(), scope);
}

TEST_CASE("type_name: a type of the same package goes without it") {
  const BuiltFile file("package a.b; message M {} enum E { ZERO = 0; }");
  CHECK(Named(file, "a.b.M", "a.b.S") == "M");
  CHECK(Named(file, "a.b.E", "a.b") == "E");
}

TEST_CASE("type_name: a nested type is named from where it is looked at") {
  const BuiltFile file("package a.b; message M { message N { enum E { ZERO = 0; } } }");
  CHECK(Named(file, "a.b.M.N", "a.b.M") == "N");
  CHECK(Named(file, "a.b.M.N", "a.b.S") == "M.N");
  CHECK(Named(file, "a.b.M.N.E", "a.b.M") == "N.E");
  CHECK(Named(file, "a.b.M.N.E", "a.b.M.N") == "E");
  CHECK(Named(file, "a.b.M.N.E", "a.b") == "M.N.E");
}

TEST_CASE("type_name: a type of another package goes with it") {
  const BuiltFile file(
      "package a.b; import \"google/protobuf/any.proto\"; message M { google.protobuf.Any a = 1; }");
  CHECK(Named(file, "google.protobuf.Any", "a.b.M") == "google.protobuf.Any");
}

TEST_CASE("type_name: a nearer type of the same name is stepped around") {
  const BuiltFile file("package a.b; message T {} message M { message T {} message N { message M {} } }");
  CHECK(Named(file, "a.b.T", "a.b.M") == "a.b.T");
  CHECK(Named(file, "a.b.M.T", "a.b.M") == "T");
  CHECK(Named(file, "a.b.M.T", "a.b.M.N") == "T");
  CHECK(Named(file, "a.b.M", "a.b.M.N") == "a.b.M");
}

TEST_CASE("type_name: a type that is called like the first part of a package hides it") {
  const BuiltFile file(R"(package a.b; import "google/protobuf/any.proto";
      message M { message google {} .google.protobuf.Any a = 1; })");
  CHECK(Named(file, "google.protobuf.Any", "a.b.M") == ".google.protobuf.Any");
  CHECK(Named(file, "google.protobuf.Any", "a.b.N") == "google.protobuf.Any");
}

TEST_CASE("type_name: a part of the own package that is called like another package hides it") {
  const BuiltFile file(
      "package a.google; import \"google/protobuf/any.proto\"; message M { .google.protobuf.Any a = 1; }");
  CHECK(Named(file, "google.protobuf.Any", "a.google.M") == ".google.protobuf.Any");
}

TEST_CASE("type_name: without a package names stand alone") {
  const BuiltFile file("message M { message N {} }");
  CHECK(Named(file, "M.N", "S") == "M.N");
  CHECK(Named(file, "M.N", "M") == "N");
  CHECK(Named(file, "M", "") == "M");
}

}  // namespace
}  // namespace rpcctl
