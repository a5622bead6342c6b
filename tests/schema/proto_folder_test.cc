#include "schema/proto_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "tests/support/file_tree.h"

namespace rpcctl {
namespace {

// The paths found, below the folder, separated by spaces.
std::string Found(const FileTree& tree, std::string_view folder = "") {
  const Result<std::vector<std::string>> files =
      ProtoFilesBelow(folder.empty() ? tree.path() : tree / folder);
  REQUIRE(files);
  std::string names;
  for (const std::string& file : *files) names += file.substr(tree.path().size() + 1) + " ";
  return names;
}

TEST_CASE("proto_folder: every .proto file is found, however deep, sorted") {
  const FileTree tree{{"b.proto", ""}, {"a/z.proto", ""}, {"a/b/c/deep.proto", ""}};
  CHECK(Found(tree) == "a/b/c/deep.proto a/z.proto b.proto ");
}

TEST_CASE("proto_folder: other files do not count") {
  const FileTree tree{
      {"a.proto", ""}, {"a.protoset", ""}, {"a.proto.bak", ""}, {"proto", ""}, {"x.PROTO", ""}};
  CHECK(Found(tree) == "a.proto ");
}

TEST_CASE("proto_folder: hidden files and folders are passed over") {
  const FileTree tree{{"a.proto", ""}, {".b.proto", ""}, {".git/c.proto", ""}};
  CHECK(Found(tree) == "a.proto ");
}

TEST_CASE("proto_folder: links to folders are not followed, nor links that lead out") {
  const FileTree outside{{"secret.proto", ""}};
  const FileTree tree{{"in/a.proto", ""}};
  tree.Link(tree / "in", "loop");
  tree.Link(outside.path(), "out");
  tree.Link(outside / "secret.proto", "secret.proto");
  tree.Link("in/a.proto", "inside.proto");
  CHECK(Found(tree) == "in/a.proto inside.proto ");
}

TEST_CASE("proto_folder: a link in a circle ends") {
  const FileTree tree{{"a.proto", ""}};
  tree.Link(".", "self");
  tree.Link("round.proto", "round.proto");
  CHECK(Found(tree) == "a.proto ");
}

TEST_CASE("proto_folder: what is no regular file does not count") {
  const FileTree tree{{"folder.proto/a.proto", ""}};
  REQUIRE(mkfifo((tree / "pipe.proto").c_str(), 0600) == 0);
  CHECK(Found(tree) == "folder.proto/a.proto ");
}

TEST_CASE("proto_folder: a folder that cannot be read is told with its cause") {
  const FileTree tree{{"a.proto", ""}};
  for (const auto& [name, cause] :
       {std::pair("none", "No such file or directory"), {"a.proto", "Not a directory"}}) {
    const Result<std::vector<std::string>> files = ProtoFilesBelow(tree / name);
    REQUIRE_FALSE(files);
    CHECK(files.error().kind == ErrorKind::kInput);
    CHECK(files.error().message == fmt::format("cannot list '{}': {}", tree / name, cause));
  }
}

}  // namespace
}  // namespace rpcctl
