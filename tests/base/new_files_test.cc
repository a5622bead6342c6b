#include "base/new_files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/support/file_tree.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;
using Files = std::vector<NewFile>;

// Every path below `folder`, files with what they hold: "a/", "a/x=1".
std::vector<std::string> Contents(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::string line = entry.path().lexically_relative(folder).string();
    if (entry.is_symlink()) {
      line += "@";
    } else if (entry.is_directory()) {
      line += "/";
    } else {
      std::ifstream file(entry.path(), std::ios::binary);
      line += "=" + std::string(std::istreambuf_iterator<char>(file), {});
    }
    found.push_back(line);
  }
  std::sort(found.begin(), found.end());
  return found;
}

using Lines = std::vector<std::string>;

Error Refused(const std::string& folder, const Files& files, Existing existing = Existing::kKeep) {
  const Lines before = Contents(folder);
  const Result<void> written = WriteFilesBelow(folder, files, existing);
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kOutput);
  CHECK(Contents(folder) == before);
  return written.error();
}

TEST_CASE("new files: files and the folders they need are made, and nothing else") {
  const FileTree tree;
  REQUIRE(WriteFilesBelow(tree / "out", Files{{"a.proto", "1"}, {"b/c/d.proto", "2"}, {"b/e.proto", ""}},
                          Existing::kKeep));
  CHECK(Contents(tree / "out") == Lines{"a.proto=1", "b/", "b/c/", "b/c/d.proto=2", "b/e.proto="});
}

TEST_CASE("new files: a folder whose parents are missing is made with them") {
  const FileTree tree;
  REQUIRE(WriteFilesBelow(tree / "x/y/z", Files{{"a", "1"}}, Existing::kKeep));
  CHECK(Contents(tree.path()) == Lines{"x/", "x/y/", "x/y/z/", "x/y/z/a=1"});
}

TEST_CASE("new files: a file that exists is kept, and with it all others") {
  const FileTree tree{{"b/old", "old"}};
  const Error error = Refused(tree.path(), {{"a", "1"}, {"b/old", "2"}, {"c/d", "3"}});
  CHECK(error.message == "cannot write '" + tree / "b/old" + "': it exists");
  CHECK(error.hint == "--force overwrites it");
}

TEST_CASE("new files: a file that exists is replaced when that is asked for") {
  const FileTree tree{{"b/old", "old"}, {"b/other", "other"}};
  REQUIRE(WriteFilesBelow(tree.path(), Files{{"a", "1"}, {"b/old", "2"}}, Existing::kReplace));
  CHECK(Contents(tree.path()) == Lines{"a=1", "b/", "b/old=2", "b/other=other"});
}

TEST_CASE("new files: whoever reads the old file goes on reading it") {
  const FileTree tree{{"old", "old"}};
  std::ifstream reader(tree / "old");
  REQUIRE(WriteNewFile(tree / "old", "new", Existing::kReplace));
  CHECK(std::string(std::istreambuf_iterator<char>(reader), {}) == "old");
}

TEST_CASE("new files: no link is followed, and none is replaced") {
  const FileTree tree{{"outside/kept", "kept"}, {"out/x", "x"}};
  tree.Link(tree / "outside", "out/link");
  tree.Link(tree / "outside/kept", "out/file");
  tree.Link(tree / "nowhere", "out/dangling");
  for (const Existing existing : {Existing::kKeep, Existing::kReplace}) {
    for (const char* path : {"link/new", "link", "file", "dangling", "dangling/a", "file/a"}) {
      CAPTURE(path);
      Refused(tree / "out", {{"first", "1"}, {path, "evil"}}, existing);
    }
  }
  CHECK(Contents(tree / "outside") == Lines{"kept=kept"});
}

TEST_CASE("new files: the folder itself may be reached by a link") {
  const FileTree tree{{"real/x", "x"}};
  tree.Link(tree / "real", "link");
  REQUIRE(WriteFilesBelow(tree / "link", Files{{"a", "1"}}, Existing::kKeep));
  CHECK(Contents(tree / "real") == Lines{"a=1", "x=x"});
}

TEST_CASE("new files: a file where a folder is needed, and a folder where a file is") {
  const FileTree tree{{"a", "file"}, {"b/c", "x"}};
  CHECK(Refused(tree.path(), {{"a/x", "1"}}, Existing::kReplace).message ==
        "cannot write '" + tree / "a" + "': it is in the way, and not a folder");
  CHECK(Refused(tree.path(), {{"b", "1"}}, Existing::kReplace).message ==
        "cannot write '" + tree / "b" + "': what is there is not a regular file");
}

TEST_CASE("new files: devices and pipes are not replaced") {
  const FileTree tree;
  REQUIRE(mkfifo((tree / "pipe").c_str(), 0600) == 0);
  const Result<void> written = WriteNewFile(tree / "pipe", "1", Existing::kReplace);
  REQUIRE_FALSE(written);
  CHECK(fs::is_fifo(tree / "pipe"));
}

TEST_CASE("new files: what was written before something failed is taken back, folders too") {
  const FileTree tree;
  const std::string too_long(300, 'x');
  const Result<void> written =
      WriteFilesBelow(tree / "out", Files{{"a/b/c", "1"}, {"d", "2"}, {too_long, "3"}}, Existing::kKeep);
  REQUIRE_FALSE(written);
  CHECK(Contents(tree.path()).empty());
}

TEST_CASE("new files: two that turn out to be one are none") {
  const FileTree tree;
  REQUIRE_FALSE(WriteFilesBelow(tree / "out", Files{{"a", "1"}, {"a", "2"}}, Existing::kKeep));
  CHECK(Contents(tree.path()).empty());
}

TEST_CASE("new files: one file needs its folder") {
  const FileTree tree;
  REQUIRE(WriteNewFile(tree / "a.pb", "1", Existing::kKeep));
  CHECK(Contents(tree.path()) == Lines{"a.pb=1"});
  const Result<void> written = WriteNewFile(tree / "none/a.pb", "1", Existing::kKeep);
  REQUIRE_FALSE(written);
  CHECK(written.error().message == "cannot write '" + tree / "none/" + "': No such file or directory");
}

TEST_CASE("new files: a path without a folder is below the current one, and is told as it was typed") {
  const FileTree tree;
  const CurrentFolder current(tree.path());
  REQUIRE(WriteNewFile("a.pb", "1", Existing::kKeep));
  CHECK(WriteNewFile("a.pb", "2", Existing::kKeep).error().message == "cannot write 'a.pb': it exists");
  CHECK(Contents(tree.path()) == Lines{"a.pb=1"});
}

TEST_CASE("new files: the umask decides who may read them") {
  const FileTree tree;
  const mode_t before = umask(027);
  const Result<void> written = WriteFilesBelow(tree.path(), Files{{"d/a", "1"}}, Existing::kKeep);
  umask(before);
  REQUIRE(written);
  struct stat status {};
  REQUIRE(stat((tree / "d/a").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
  REQUIRE(stat((tree / "d").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0750);
}

TEST_CASE("new files: what replaces a file keeps its permissions") {
  const FileTree tree;
  for (const mode_t mode : {0600U, 0755U}) {
    const std::string path = tree / "old";
    std::ofstream(path) << "old";
    REQUIRE(chmod(path.c_str(), mode) == 0);
    REQUIRE(WriteNewFile(path, "new", Existing::kReplace));
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == mode);
  }
}

}  // namespace
}  // namespace rpcctl
