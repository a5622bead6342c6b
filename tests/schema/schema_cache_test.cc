#include "schema/schema_cache.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <filesystem>

#include "tests/support/cached_schema.h"

namespace rpcctl {
namespace {

using std::chrono::seconds;
using Extent = SchemaCache::Extent;

constexpr SystemTime kNow = CacheFolder::kNow;

// `record` without all files but `name`.
SchemaRecord Only(std::string_view name) {
  SchemaRecord record = RecordOf(TwoServices());
  std::erase_if(record.files, [&](const SchemaFile& file) { return file.name != name; });
  return record;
}

std::vector<std::string> FileNames(const CacheFolder& folder) {
  const std::optional<CacheFile> file = folder.cache().Find(kCacheKey);
  REQUIRE(file);
  std::vector<std::string> names;
  const Result<SchemaRecord> all = file->ReadAll();
  REQUIRE(all);
  for (const SchemaFile& one : all->files) names.push_back(one.name);
  return names;
}

bool IsFreshAt(const CacheFolder& folder, SystemTime now) {
  const std::optional<CacheFile> file = folder.cache().Find(kCacheKey);
  return file && SchemaCache::IsFresh(*file, now);
}

TEST_CASE("schema cache: what was learnt is found, under its own key only") {
  const CacheFolder folder;
  CHECK_FALSE(folder.cache().Find(kCacheKey));
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  CHECK(folder.cache().Find(kCacheKey));
  CHECK_FALSE(folder.cache().Find({"h:1", "target h:1\nTLS\n"}));
}

TEST_CASE("schema cache: an entry is fresh for a minute, and not before it was written") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  CHECK(IsFreshAt(folder, kNow));
  CHECK(IsFreshAt(folder, kNow + seconds(59)));
  CHECK_FALSE(IsFreshAt(folder, kNow + seconds(60)));
  CHECK_FALSE(IsFreshAt(folder, kNow - seconds(1)));
}

TEST_CASE("schema cache: what is new is put to what is known, which keeps its age") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, Only("greeter.proto"), Extent::kPart, kNow);
  folder.cache().Learn(kCacheKey, Only("other.proto"), Extent::kPart, kNow + seconds(59));
  CHECK(FileNames(folder) == std::vector<std::string>{"greeter.proto", "other.proto"});
  CHECK_FALSE(IsFreshAt(folder, kNow + seconds(60)));
}

TEST_CASE("schema cache: an entry that was heard again, all of it, is fresh again") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, Only("greeter.proto"), Extent::kPart, kNow);
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow + seconds(100));
  CHECK(IsFreshAt(folder, kNow + seconds(100)));
  folder.cache().Learn(kCacheKey, Only("greeter.proto"), Extent::kPart, kNow + seconds(190));
  CHECK_FALSE(IsFreshAt(folder, kNow + seconds(190)));
}

TEST_CASE("schema cache: nothing is written where a fresh entry has it all") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  const std::string before = folder.path() + "/" + kCacheKey.FileName() + ".schema";
  struct stat first {
  }, second{};
  REQUIRE(stat(before.c_str(), &first) == 0);
  folder.cache().Learn(kCacheKey, Only("greeter.proto"), Extent::kPart, kNow + seconds(1));
  SchemaRecord asked = RecordOf(TwoServices());
  asked.absent_symbols = {"mistyped"};
  folder.cache().Learn(kCacheKey, asked, Extent::kPart, kNow + seconds(2));
  REQUIRE(stat(before.c_str(), &second) == 0);
  CHECK(first.st_ino == second.st_ino);
}

TEST_CASE("schema cache: a server that changed replaces all that it said before") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  SchemaRecord changed = Only("greeter.proto");
  changed.files[0].bytes += std::string("\x12\x01x", 3);
  folder.cache().Learn(kCacheKey, changed, Extent::kPart, kNow + seconds(1));
  CHECK(FileNames(folder) == std::vector<std::string>{"greeter.proto"});
  SchemaRecord fewer = RecordOf(TwoServices());
  fewer.services->pop_back();
  fewer.files.clear();
  folder.cache().Learn(kCacheKey, fewer, Extent::kPart, kNow + seconds(2));
  CHECK(FileNames(folder).empty());
}

TEST_CASE("schema cache: a file that the server no longer has is forgotten, and all with it") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  SchemaRecord record = Only("greeter.proto");
  record.absent_files = {"name.proto"};
  folder.cache().Learn(kCacheKey, record, Extent::kPart, kNow);
  CHECK(FileNames(folder) == std::vector<std::string>{"greeter.proto"});
}

TEST_CASE("schema cache: what is whole replaces what there was") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  folder.cache().Learn(kCacheKey, Only("other.proto"), Extent::kWhole, kNow + seconds(90));
  CHECK(FileNames(folder) == std::vector<std::string>{"other.proto"});
  CHECK(IsFreshAt(folder, kNow + seconds(90)));
}

TEST_CASE("schema cache: that a service has no file is remembered where it is news") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, Only("greeter.proto"), Extent::kPart, kNow);
  SchemaRecord record = Only("greeter.proto");
  record.absent_symbols = {"b.Other"};
  record.absent_files = {"name.proto"};
  folder.cache().Learn(kCacheKey, record, Extent::kPart, kNow + seconds(1));
  CHECK(folder.cache().Find(kCacheKey)->IsComplete());
}

TEST_CASE("schema cache: nothing is learnt from what contradicts itself, or says nothing") {
  const CacheFolder folder;
  SchemaRecord record = RecordOf(TwoServices());
  record.is_unusable = true;
  folder.cache().Learn(kCacheKey, record, Extent::kWhole, kNow);
  folder.cache().Learn(kCacheKey, {}, Extent::kWhole, kNow);
  CHECK_FALSE(std::filesystem::exists(folder.path()));
}

TEST_CASE("schema cache: an entry with a damaged descriptor is replaced when it is heard again") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  std::string bytes = folder.Read(kCacheKey);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  folder.Plant(kCacheKey, bytes);
  CHECK_FALSE(folder.cache().Find(kCacheKey)->ReadAll());
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow + seconds(60));
  CHECK(FileNames(folder).size() == 3);
}

TEST_CASE("schema cache: one of another user, or open to others, or a link, is empty and stays as it is") {
  const CacheFolder folder;
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow);
  const SchemaCache foreign(folder.path(), geteuid() + 1);
  CHECK_FALSE(foreign.Find(kCacheKey));
  CHECK(foreign.Targets(kNow).empty());
  foreign.Learn(kCacheKey, Only("other.proto"), Extent::kWhole, kNow);
  CHECK_FALSE(foreign.TakeTurn(kCacheKey));
  CHECK(FileNames(folder).size() == 3);
  const TemporaryDirectory links;
  std::filesystem::create_directory_symlink(folder.path(), links.Path("rpcctl"));
  CHECK_FALSE(SchemaCache(links.Path("rpcctl"), geteuid()).Find(kCacheKey));
  REQUIRE(chmod(folder.path().c_str(), 0777) == 0);
  CHECK_FALSE(folder.cache().Find(kCacheKey));
}

TEST_CASE("schema cache: a failure holds for ten seconds, or until the server is heard") {
  const CacheFolder folder;
  CHECK_FALSE(folder.cache().FailedLately(kCacheKey, kNow));
  folder.cache().NoteFailure(kCacheKey, kNow);
  CHECK(folder.cache().FailedLately(kCacheKey, kNow + seconds(9)));
  CHECK_FALSE(folder.cache().FailedLately(kCacheKey, kNow + seconds(10)));
  CHECK_FALSE(folder.cache().FailedLately(kCacheKey, kNow - seconds(1)));
  folder.cache().Learn(kCacheKey, RecordOf(TwoServices()), Extent::kPart, kNow + seconds(1));
  CHECK_FALSE(folder.cache().FailedLately(kCacheKey, kNow + seconds(2)));
  folder.cache().NoteFailure(kCacheKey, kNow + seconds(3));
  CHECK(folder.cache().FailedLately(kCacheKey, kNow + seconds(4)));
}

TEST_CASE("schema cache: one process at a time asks a server again") {
  const CacheFolder folder;
  {
    const std::optional<OwnedDescriptor> turn = folder.cache().TakeTurn(kCacheKey);
    REQUIRE(turn);
    CHECK_FALSE(folder.cache().TakeTurn(kCacheKey));
    CHECK(folder.cache().TakeTurn({"h:2", "target h:2\n"}));
  }
  CHECK(folder.cache().TakeTurn(kCacheKey));
}

TEST_CASE("schema cache: a turn is no failure, nor does it undo one") {
  const CacheFolder folder;
  const SystemTime now = std::chrono::system_clock::now();
  CHECK(folder.cache().TakeTurn(kCacheKey));
  CHECK_FALSE(folder.cache().FailedLately(kCacheKey, now + seconds(5)));
  folder.cache().NoteFailure(kCacheKey, now);
  CHECK(folder.cache().TakeTurn(kCacheKey));
  CHECK(folder.cache().FailedLately(kCacheKey, now + seconds(5)));
}

TEST_CASE("schema cache: failures of servers that never answered are forgotten, but for one at work") {
  const CacheFolder folder;
  const CacheKey old{"h:2", "target h:2\n"}, held{"h:3", "target h:3\n"};
  folder.cache().NoteFailure(old, kNow);
  folder.cache().NoteFailure(held, kNow);
  const std::optional<OwnedDescriptor> turn = folder.cache().TakeTurn(held);
  folder.cache().NoteFailure(kCacheKey, kNow + seconds(61));
  const auto has = [&](const CacheKey& key) {
    return std::filesystem::exists(folder.path() + "/" + key.FileName() + ".attempt");
  };
  CHECK_FALSE(has(old));
  CHECK(has(held));
  CHECK(has(kCacheKey));
}

TEST_CASE("schema cache: a place is remembered whatever else its keys say, and no other place is") {
  const CacheFolder folder;
  folder.cache().Learn({"h:1", "h:1\nTLS\nheader x\n", "h:1\nTLS\n"}, RecordOf(TwoServices()), Extent::kPart,
                       kNow);
  CHECK(folder.cache().Remembers({"h:1", "h:1\nTLS\nheader y\n", "h:1\nTLS\n"}));
  CHECK_FALSE(folder.cache().Remembers({"h:1", "h:1\nplaintext\n", "h:1\nplaintext\n"}));
}

TEST_CASE("schema cache: targets come newest first, each once") {
  const CacheFolder folder;
  const SchemaRecord record = RecordOf(TwoServices());
  folder.cache().Learn({"old:1", "target old:1\n"}, record, Extent::kPart, kNow);
  folder.cache().Learn({"new:1", "target new:1\n"}, record, Extent::kPart, kNow + seconds(2));
  folder.cache().Learn({"old:1", "target old:1\nTLS\n"}, record, Extent::kPart, kNow + seconds(1));
  folder.Plant({"", "broken"}, "no entry");
  CHECK(folder.cache().Targets(kNow) == std::vector<std::string>{"new:1", "old:1"});
}

TEST_CASE("schema cache: the oldest of too many targets is forgotten, and attempts of long ago are") {
  const CacheFolder folder;
  const CacheKey oldest{"h:0", "target h:0\n"};
  SchemaRecord record;
  record.services = {"a.A"};
  folder.cache().NoteFailure(oldest, kNow);
  folder.cache().Learn(oldest, record, Extent::kPart, kNow);
  for (size_t i = 1; i <= kMostCachedTargets; ++i) {
    const std::string target = "h:" + std::to_string(i);
    folder.cache().Learn({target, "target " + target + "\n"}, record, Extent::kPart, kNow + seconds(i));
  }
  CHECK_FALSE(folder.cache().Find(oldest));
  CHECK(folder.cache().Targets(kNow).size() == kMostCachedTargets);
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/" + oldest.FileName() + ".attempt"));
}

TEST_CASE("schema cache: twenty writers at once leave one whole entry, and readers see nothing else") {
  const CacheFolder folder;
  const SchemaRecord records[] = {Only("greeter.proto"), Only("other.proto"), RecordOf(TwoServices())};
  std::vector<pid_t> writers;
  for (int writer = 0; writer < 20; ++writer) {
    const pid_t child = fork();
    if (child == 0) {
      bool whole = true;
      for (int round = 0; round < 50 && whole; ++round) {
        const Extent extent = (writer + round) % 2 == 0 ? Extent::kWhole : Extent::kPart;
        folder.cache().Learn(kCacheKey, records[(writer + round) % 3], extent, kNow);
        const std::optional<CacheFile> file = folder.cache().Find(kCacheKey);
        whole = file && file->ReadAll();
      }
      _exit(whole ? 0 : 1);
    }
    writers.push_back(child);
  }
  for (const pid_t writer : writers) {
    int status = 0;
    REQUIRE(waitpid(writer, &status, 0) == writer);
    CHECK(status == 0);
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

}  // namespace
}  // namespace rpcctl
