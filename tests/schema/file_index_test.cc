#include "schema/file_index.h"

#include <doctest/doctest.h>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using Numbers = std::vector<size_t>;

FileIndex Indexed() {
  FileIndex index;
  const auto add = [&](const char* name, const char* text) {
    const auto file = ParseText(name, text);
    index.Add(name, &file);
  };
  add("base.proto", "syntax = \"proto2\"; package p; message M { extensions 1 to 99; message Inner {} }");
  add("more.proto",
      "syntax = \"proto2\"; package p; extend M { optional int32 a = 1; optional int32 b = 2; }");
  add("twin.proto",
      "syntax = \"proto2\"; package p; message M {} service S {} extend .p.M { optional int32 c = 2; }");
  index.Add("broken.proto", nullptr);
  return index;
}

TEST_CASE("file_index: a symbol is in every file that declares it, or what is around it") {
  const FileIndex index = Indexed();
  CHECK(index.Declaring("p.M") == Numbers{0, 2});
  CHECK(index.Declaring("p.M.Inner") == Numbers{0, 2});
  CHECK(index.Declaring("p.S.Method") == Numbers{2});
  CHECK(index.Declaring("p.a") == Numbers{1});
  CHECK(index.Declaring("p") == Numbers{});
  CHECK(index.Declaring("M") == Numbers{});
}

TEST_CASE("file_index: a name finds files that cannot be used, too") {
  const FileIndex index = Indexed();
  CHECK(index.Named("more.proto") == Numbers{1});
  CHECK(index.Named("broken.proto") == Numbers{3});
  CHECK(index.Named("none.proto") == Numbers{});
}

TEST_CASE("file_index: extensions are found by type, and by number") {
  const FileIndex index = Indexed();
  CHECK(index.Extending("p.M", std::nullopt) == Numbers{1, 2});
  CHECK(index.Extending("p.M", 1) == Numbers{1});
  CHECK(index.Extending("p.M", 2) == Numbers{1, 2});
  CHECK(index.Extending("p.M", 3) == Numbers{});
  CHECK(index.Extending("q.N", std::nullopt) == Numbers{});
}

TEST_CASE("file_index: services come fully qualified") {
  CHECK(Indexed().services() == std::vector<std::string>{"p.S"});
}

}  // namespace
}  // namespace rpcctl
