#include "schema/import_paths.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/file_tree.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

ImportPaths Over(const Names& roots) {
  Result<ImportPaths> paths = ImportPaths::Make(roots);
  REQUIRE(paths);
  return std::move(*paths);
}

TEST_CASE("import_paths: an import is a relative path with plain parts") {
  for (const char* name : {"a.proto", "a/b.proto", "a b/..c.proto", "...", "a/.hidden"})
    CHECK(IsImportName(name));
  for (const char* name : {"", "/a", "a/", "a//b", "./a", "a/..", "../a", ".", "..", "a\\b"})
    CHECK_FALSE(IsImportName(name));
  CHECK_FALSE(IsImportName(std::string_view("a\0b", 3)));
}

TEST_CASE("import_paths: two ways to one file have one real path") {
  const FileTree tree{{"a/x.proto", ""}};
  tree.Link("a", "link");
  CHECK(RealPath(tree / "link/../a/./x.proto") == tree / "a/x.proto");
  CHECK(RealPath(tree / "link/x.proto") == tree / "a/x.proto");
  CHECK(RealPath(tree / "none/../gone.proto") == tree / "gone.proto");
}

TEST_CASE("import_paths: a root must be a folder") {
  const FileTree tree{{"a.proto", ""}};
  for (const char* root : {"a.proto", "none"}) {
    const Result<ImportPaths> paths = ImportPaths::Make({tree / root});
    REQUIRE_FALSE(paths);
    CHECK(paths.error().kind == ErrorKind::kInput);
    CHECK(paths.error().message == fmt::format("'{}' is not a folder to import from", tree / root));
  }
}

TEST_CASE("import_paths: roots come first, in their order") {
  const FileTree tree{{"one/x.proto", ""}, {"two/x.proto", ""}, {"two/y.proto", ""}, {"own/x.proto", ""}};
  const ImportPaths paths = Over({tree / "one", tree / "two"});
  CHECK(paths.Find("x.proto", tree / "own/a.proto") == tree / "one/x.proto");
  CHECK(paths.Find("y.proto", tree / "own/a.proto") == tree / "two/y.proto");
}

TEST_CASE("import_paths: then the current directory, then the folders of the file, upwards") {
  const FileTree tree{{"here/x.proto", ""},
                      {"up/x.proto", ""},
                      {"up/y.proto", ""},
                      {"up/down/y.proto", ""},
                      {"up/down/a.proto", ""}};
  const CurrentFolder current(tree / "here");
  const ImportPaths paths = Over({});
  CHECK(paths.Find("x.proto", "../up/down/a.proto") == "x.proto");
  CHECK(paths.Find("y.proto", "../up/down/a.proto") == tree / "up/down/y.proto");
  CHECK(paths.Find("up/y.proto", tree / "up/down/a.proto") == tree / "up/y.proto");
}

TEST_CASE("import_paths: what is nowhere, or is no file, is not found") {
  const FileTree tree{{"folder.proto/x", ""}};
  const ImportPaths paths = Over({tree.path()});
  for (const char* import : {"none.proto", "folder.proto", "../x", ""})
    CHECK_FALSE(paths.Find(import, tree / "a.proto"));
}

TEST_CASE("import_paths: a file is named by the first root that contains it") {
  const FileTree tree{{"api/v1/a.proto", ""}};
  CHECK(Over({tree / "api", tree.path()}).NameOf(tree / "api/v1/a.proto", {}) == "v1/a.proto");
  CHECK(Over({tree.path(), tree / "api"}).NameOf(tree / "api/v1/a.proto", {}) == "api/v1/a.proto");
}

TEST_CASE("import_paths: a root may be relative, or a link") {
  const FileTree tree{{"api/v1/a.proto", ""}};
  tree.Link("api", "link");
  const CurrentFolder current(tree.path());
  CHECK(Over({"api"}).NameOf(tree / "api/v1/a.proto", {}) == "v1/a.proto");
  CHECK(Over({"link"}).NameOf("api/v1/a.proto", {}) == "v1/a.proto");
}

TEST_CASE("import_paths: without a root a file is named by where its own imports are found") {
  const FileTree tree{{"api/v1/a.proto", ""}, {"api/v1/b.proto", ""}};
  const ImportPaths paths = Over({});
  CHECK(paths.NameOf(tree / "api/v1/a.proto", Names{"v1/b.proto"}) == "v1/a.proto");
  CHECK(paths.NameOf(tree / "api/v1/a.proto", Names{"google/protobuf/any.proto", "api/v1/b.proto"}) ==
        "api/v1/a.proto");
  CHECK(paths.NameOf(tree / "api/v1/a.proto", Names{"b.proto"}) == "a.proto");
  CHECK(paths.NameOf(tree / "api/v1/a.proto", Names{"none.proto"}) == "a.proto");
}

TEST_CASE("import_paths: the hint names every place that was looked in") {
  const FileTree tree{{"one/x", ""}};
  CHECK(Over({tree / "one"}).PlacesFor(tree / "own/a.proto") ==
        fmt::format("looked in '{}', the current directory, and from '{}' upwards", tree / "one",
                    tree / "own"));
  CHECK(Over({}).PlacesFor("/a.proto") == "looked in the current directory, and from '/' upwards");
}

}  // namespace
}  // namespace rpcctl
