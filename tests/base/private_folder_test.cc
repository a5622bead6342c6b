#include "base/private_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using Missing = PrivateFolder::Missing;
using std::chrono::seconds;

constexpr SystemTime kNoon{std::chrono::hours(500'000)};

Result<PrivateFolder> OpenOwn(const std::string& path, Missing missing = Missing::kMake) {
  return PrivateFolder::Open(path, geteuid(), missing);
}

mode_t ModeOf(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

TEST_CASE("private folder: it is made with what is above it, closed to others") {
  const TemporaryDirectory outer;
  REQUIRE(OpenOwn(outer.Path("cache/rpcctl")));
  CHECK(ModeOf(outer.Path("cache/rpcctl")) == 0700);
  CHECK(ModeOf(outer.Path("cache")) == 0700);
}

TEST_CASE("private folder: whoever only reads makes none") {
  const TemporaryDirectory outer;
  const std::string path = outer.Path("rpcctl");
  CHECK(OpenOwn(path, Missing::kRefuse).error().message ==
        "cannot use '" + path + "': No such file or directory");
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("private folder: one that is open to others is refused") {
  const TemporaryDirectory outer;
  const std::string path = outer.Path("rpcctl");
  REQUIRE(mkdir(path.c_str(), 0700) == 0);
  for (const mode_t mode : {0777, 0750, 0701}) {
    REQUIRE(chmod(path.c_str(), mode) == 0);
    CHECK(OpenOwn(path).error().message == "cannot use '" + path + "': it is open to other users");
  }
}

TEST_CASE("private folder: a link is refused, even to a folder that would do; so is a file") {
  const TemporaryDirectory outer;
  REQUIRE(OpenOwn(outer.Path("real")));
  const std::string link = outer.Path("rpcctl");
  std::filesystem::create_directory_symlink(outer.Path("real"), link);
  CHECK(OpenOwn(link).error().message == "cannot use '" + link + "': it is a link, or no folder");
  const std::string file = outer.Write("file", "");
  CHECK(OpenOwn(file).error().message == "cannot use '" + file + "': it is a link, or no folder");
}

TEST_CASE("private folder: that of another user is refused") {
  const TemporaryDirectory outer;
  const std::string path = outer.Path("rpcctl");
  REQUIRE(OpenOwn(path));
  const Result<PrivateFolder> foreign = PrivateFolder::Open(path, geteuid() + 1, Missing::kMake);
  CHECK(foreign.error().message == "cannot use '" + path + "': it belongs to another user");
}

TEST_CASE("private folder: a folder that cannot be made is told with its cause") {
  CHECK(OpenOwn("/dev/null/rpcctl").error().kind == ErrorKind::kInput);
  CHECK(OpenOwn("/proc/none/rpcctl").error().message ==
        "cannot use '/proc/none/rpcctl': No such file or directory");
}

TEST_CASE("private folder: what was written is read back, with its time, and is closed to others") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  REQUIRE(folder);
  const SystemTime written = kNoon + std::chrono::nanoseconds(5);
  REQUIRE(folder->Replace("a", "content", written));
  const Result<PrivateFile> file = folder->OpenFile("a");
  REQUIRE(file);
  CHECK(file->size == 7);
  CHECK((file->written == written));
  CHECK(*file->Read(3, 4) == "tent");
  CHECK_FALSE(file->Read(3, 5));
  CHECK_FALSE(file->Read(8, 0));
  CHECK(ModeOf(outer.Path("rpcctl/a")) == 0600);
}

TEST_CASE("private folder: who has a file open keeps it when it is replaced") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  REQUIRE(folder->Replace("a", "old", kNoon));
  const Result<PrivateFile> old = folder->OpenFile("a");
  REQUIRE(folder->Replace("a", "new", kNoon));
  CHECK(*old->Read(0, 3) == "old");
  CHECK(*folder->OpenFile("a")->Read(0, 3) == "new");
}

TEST_CASE("private folder: a file that is open to others, or no regular file, is refused") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  REQUIRE(folder->Replace("open", "x", kNoon));
  REQUIRE(chmod(outer.Path("rpcctl/open").c_str(), 0644) == 0);
  CHECK(folder->OpenFile("open").error().message == "cannot use 'open': it is open to other users");
  std::filesystem::create_symlink("/etc/passwd", outer.Path("rpcctl/link"));
  CHECK_FALSE(folder->OpenFile("link"));
  REQUIRE(mkfifo(outer.Path("rpcctl/pipe").c_str(), 0600) == 0);
  CHECK(folder->OpenFile("pipe").error().message == "cannot use 'pipe': it is not a regular file");
}

TEST_CASE("private folder: a file in the place of a link replaces the link, and not what it points to") {
  const TemporaryDirectory outer;
  const std::string elsewhere = outer.Write("elsewhere", "mine");
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  std::filesystem::create_symlink(elsewhere, outer.Path("rpcctl/a"));
  CHECK_FALSE(folder->Stamp("a", kNoon));
  REQUIRE(folder->Replace("a", "new", kNoon));
  CHECK(outer.Read("elsewhere") == "mine");
  CHECK(*folder->OpenFile("a")->Read(0, 3) == "new");
}

TEST_CASE("private folder: what cannot be put in place leaves nothing behind") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  REQUIRE(mkdir(outer.Path("rpcctl/a").c_str(), 0700) == 0);
  CHECK(folder->Replace("a", "x", kNoon).error().message == "cannot write 'a': Is a directory");
  CHECK(std::distance(std::filesystem::directory_iterator(outer.Path("rpcctl")), {}) == 1);
}

TEST_CASE("private folder: the list is newest first, without what was never finished") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  REQUIRE(folder->Replace("old", "", kNoon));
  REQUIRE(folder->Replace("new", "", kNoon + seconds(1)));
  REQUIRE(folder->Replace(".half", "", kNoon));
  const auto entries = folder->List(kNoon + seconds(59));
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].name == "new");
  CHECK(entries[1].name == "old");
  CHECK(folder->WrittenAt(".half"));
  CHECK(folder->List(kNoon + seconds(61)).size() == 2);
  CHECK_FALSE(folder->WrittenAt(".half"));
}

TEST_CASE("private folder: a stamp is made and dated, and goes when it is removed") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  CHECK_FALSE(folder->WrittenAt("stamp"));
  REQUIRE(folder->Stamp("stamp", kNoon));
  REQUIRE(folder->Stamp("stamp", kNoon + seconds(1)));
  CHECK((folder->WrittenAt("stamp") == kNoon + seconds(1)));
  folder->Remove("stamp");
  CHECK_FALSE(folder->WrittenAt("stamp"));
}

TEST_CASE("private folder: one holds a name until it lets go") {
  const TemporaryDirectory outer;
  const Result<PrivateFolder> folder = OpenOwn(outer.Path("rpcctl"));
  {
    const std::optional<OwnedDescriptor> held = folder->Hold("turn");
    REQUIRE(held);
    CHECK_FALSE(folder->Hold("turn"));
    CHECK(folder->Hold("other"));
  }
  CHECK(folder->Hold("turn"));
}

}  // namespace
}  // namespace rpcctl
