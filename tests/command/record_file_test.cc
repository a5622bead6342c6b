#include "cmd/rpcctl/record_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

const EnvironmentReader kNothing = [](const std::string&) { return std::nullopt; };

constexpr std::string_view kScript = "set target a:1\n  set header x-a: 1  \ncase Get\n  call S.Get\n";

RecordFile Opened(const std::string& path) {
  Result<RecordFile> file = RecordFile::Open(path, kNothing);
  REQUIRE(file);
  return std::move(*file);
}

RecordFile Claimed(const std::string& path) {
  Result<RecordFile> file = RecordFile::Claim(path, kNothing);
  REQUIRE(file);
  return std::move(*file);
}

mode_t ModeOf(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

TEST_CASE("record file: a new one is made by the first case, for its owner alone") {
  const TemporaryDirectory folder;
  CHECK(Opened(folder.Path("new.rpc")).is_new());
  CHECK_FALSE(std::filesystem::exists(folder.Path("new.rpc")));
  const RecordFile file = Claimed(folder.Path("new.rpc"));
  CHECK(file.is_new());
  REQUIRE(file.Append("case a\n"));
  CHECK(folder.Read("new.rpc") == "case a\n");
  CHECK(ModeOf(folder.Path("new.rpc")) == 0600);
}

TEST_CASE("record file: one that is there is read and added to, and keeps its mode") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("old.rpc", kScript);
  REQUIRE(chmod(path.c_str(), 0640) == 0);
  const RecordFile file = Claimed(path);
  CHECK_FALSE(file.is_new());
  CHECK(file.FreeName("Get") == "Get 2");
  REQUIRE(file.Append("\ncase b\n"));
  CHECK(folder.Read("old.rpc") == std::string(kScript) + "\ncase b\n");
  CHECK(ModeOf(path) == 0640);
}

TEST_CASE("record file: a last line without its end gets it") {
  const TemporaryDirectory folder;
  const RecordFile file = Claimed(folder.Write("old.rpc", "case a\n  call S.Get"));
  REQUIRE(file.Append("\ncase b\n"));
  CHECK(folder.Read("old.rpc") == "case a\n  call S.Get\n\ncase b\n");
}

TEST_CASE("record file: names that are taken get a number") {
  const TemporaryDirectory folder;
  const RecordFile file =
      Opened(folder.Write("old.rpc", "case Get\n  call S.Get\ncase Get 2\n  call S.Get\n"));
  CHECK(file.FreeName("Get") == "Get 3");
  CHECK(file.FreeName("Put") == "Put");
}

TEST_CASE("record file: headers are found whatever their quotes, and those beside them are named") {
  const TemporaryDirectory folder;
  const RecordFile file = Opened(folder.Write(
      "old.rpc",
      "set header x-a: 1\nset header 'X-B:  2'\nset header \"x-c: {{env.C}}\"\ncase a\n  call S.Get\n"));
  CHECK(file.SetsHeader("'X-A:1'"));
  CHECK(file.SetsHeader("'x-b: 2'"));
  CHECK(file.SetsHeader("\"x-c: {{env.C}}\""));
  CHECK_FALSE(file.SetsHeader("'x-a: 2'"));
  CHECK_FALSE(file.SetsHeader("'x-c: {{env.C}}'"));  // braces that stand for themselves
  CHECK(file.HeadersBesideOf({"x-a:1"}, {}, kNothing).unsent == Names{"x-b", "x-c"});
  CHECK(file.HeadersBesideOf({"x-a:1", "x-b:2", "\"x-c: {{env.C}}\""}, {}, kNothing).unsent.empty());
}

TEST_CASE(
    "record file: of headers beside, one that was sent is none, and one of another value is told apart") {
  const TemporaryDirectory folder;
  const RecordFile file = Opened(folder.Write(
      "old.rpc", "set header x-a: 1\nset header x-b: {{env.B}}\nset header x-c: 3\ncase a\n  call S.Get\n"));
  const EnvironmentReader two = [](const std::string&) { return std::optional<std::string>("2"); };
  const HeadersBeside beside = file.HeadersBesideOf({}, {{"x-a", "1"}, {"x-b", "2"}, {"x-c", "4"}}, two);
  CHECK(beside.unsent.empty());
  CHECK(beside.other == Names{"x-c"});
  CHECK(file.HeadersBesideOf({}, {{"x-b", "2"}}, kNothing).other == Names{"x-b"});
  CHECK(file.HeadersBesideOf({}, {{"x-b", "2"}}, two).unsent == Names{"x-a", "x-c"});
}

TEST_CASE("record file: a script with mistakes is refused, with the place") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("broken.rpc", "case a\n  cal S.Get\n");
  const Result<RecordFile> file = RecordFile::Open(path, kNothing);
  REQUIRE_FALSE(file);
  CHECK(file.error().kind == ErrorKind::kUsage);
  CHECK(file.error().message.starts_with("--record: " + path + ":2:3: "));
}

TEST_CASE("record file: where no file can be, that is told at once") {
  const TemporaryDirectory folder;
  const Result<RecordFile> file = RecordFile::Open(folder.Path("none/a.rpc"), kNothing);
  REQUIRE_FALSE(file);
  CHECK(file.error().kind == ErrorKind::kOutput);
  CHECK(file.error().message == "--record: " + folder.Path("none/a.rpc") + ": its folder does not exist");
  CHECK(RecordFile::Open(folder.Path(""), kNothing).error().kind == ErrorKind::kInput);
  CHECK(RecordFile::Open("", kNothing).error().kind == ErrorKind::kOutput);
}

TEST_CASE("record file: nobody waits for a pipe") {
  const TemporaryDirectory folder;
  const std::string path = folder.Path("pipe");
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  CHECK_FALSE(RecordFile::Open(path, kNothing));
  const Result<RecordFile> file = RecordFile::Claim(path, kNothing);
  REQUIRE_FALSE(file);
  CHECK(file.error().message == "--record: " + path + ": what is there is not a regular file");
}

TEST_CASE(
    "record file: those who record at the same time write one after another, each under a name of its own") {
  const TemporaryDirectory folder;
  const std::string path = folder.Path("new.rpc");
  constexpr int kWriters = 8;
  std::vector<std::thread> writers;
  std::atomic<int> failed = 0;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      const Result<RecordFile> file = RecordFile::Claim(path, kNothing);
      const std::string name = file ? file->FreeName("Get") : "";
      const Result<void> added = file ? file->Append("case " + name + "\n  call S.Get\n") : file.error();
      if (!added) ++failed;
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(failed == 0);
  CHECK(Opened(path).FreeName("Get") == "Get 9");
}

}  // namespace
}  // namespace rpcctl
