#include "schema/schema_cache.h"

#include <algorithm>
#include <unordered_set>

#include "schema/cache_writer.h"

namespace rpcctl {
namespace {

constexpr std::string_view kSchemaEnding = ".schema";
constexpr std::string_view kAttemptEnding = ".attempt";

std::string SchemaName(const CacheKey& key) {
  return key.FileName().append(kSchemaEnding);
}

std::string AttemptName(const CacheKey& key) {
  return key.FileName().append(kAttemptEnding);
}

bool IsWithin(SystemTime then, SystemTime now, std::chrono::seconds length) {
  return then <= now && now - then < length;
}

std::optional<CacheFile> FindIn(const PrivateFolder& folder, const CacheKey& key) {
  Result<PrivateFile> file = folder.OpenFile(SchemaName(key));
  if (!file) return std::nullopt;
  Result<CacheFile> opened = CacheFile::Open(std::move(*file), key);
  if (!opened) return std::nullopt;
  return std::move(*opened);
}

std::vector<std::string> Sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// Whether the server has changed since the entry was written.
bool Contradicts(const SchemaRecord& record, const CacheFile& entry) {
  const std::optional<std::vector<std::string>> known = entry.Services();
  if (known && record.services && Sorted(*known) != Sorted(*record.services)) return true;
  const auto differs = [&](const SchemaFile& file) {
    return entry.FileNamed(file.name).has_value() && !entry.Holds(file);
  };
  const auto is_there = [&](const std::string& absent) { return entry.FileNamed(absent).has_value(); };
  return std::ranges::any_of(record.files, differs) || std::ranges::any_of(record.absent_files, is_there);
}

// Whether the entry lacks some of what was heard. That somebody asked for a name that no service has is none
// of it.
bool AddsTo(const CacheFile& entry, const SchemaRecord& record) {
  const std::optional<std::vector<std::string>> known = entry.Services();
  if (record.services && !known) return true;
  const std::unordered_set<std::string_view> services =
      known ? std::unordered_set<std::string_view>(known->begin(), known->end())
            : std::unordered_set<std::string_view>();
  const auto is_new = [&](const SchemaFile& file) { return !entry.FileNamed(file.name); };
  const auto is_news = [&](const std::string& absent) {
    return services.contains(absent) && !entry.IsAbsentSymbol(absent);
  };
  const auto is_missed = [&](const std::string& absent) { return !entry.IsAbsentFile(absent); };
  return std::ranges::any_of(record.files, is_new) || std::ranges::any_of(record.absent_symbols, is_news) ||
         std::ranges::any_of(record.absent_files, is_missed);
}

// Whether all of the entry was heard again.
bool Covers(const SchemaRecord& record, const CacheFile& entry) {
  const auto is_known = [&](const SchemaFile& file) { return entry.FileNamed(file.name).has_value(); };
  const auto heard = static_cast<size_t>(std::ranges::count_if(record.files, is_known));
  return heard == entry.file_count() && (record.services || !entry.Services());
}

// `older` with what `record` has beyond it.
SchemaRecord Joined(SchemaRecord older, const SchemaRecord& record) {
  std::unordered_set<std::string> names;
  for (const SchemaFile& file : older.files) names.insert(file.name);
  for (const SchemaFile& file : record.files) {
    if (!names.contains(file.name)) older.files.push_back(file);
  }
  if (record.services) older.services = record.services;
  older.absent_symbols.insert(record.absent_symbols.begin(), record.absent_symbols.end());
  older.absent_files.insert(record.absent_files.begin(), record.absent_files.end());
  return older;
}

void Write(const PrivateFolder& folder, const CacheKey& key, const SchemaRecord& record, SystemTime written) {
  const Result<std::string> bytes = SerializeCacheFile(key, record);
  if (!bytes) return;
  (void)folder.Replace(SchemaName(key), *bytes, written);
}

// Lets the oldest entries go where there are too many, and attempts that count no longer and that nobody
// holds.
void Prune(const PrivateFolder& folder, SystemTime now) {
  size_t count = 0;
  for (const PrivateFolder::Entry& entry : folder.List(now)) {
    const bool is_past =
        entry.name.ends_with(kAttemptEnding) && !IsWithin(entry.written, now, kCacheFreshTime);
    const bool is_beyond = entry.name.ends_with(kSchemaEnding) && ++count > kMostCachedTargets;
    const std::optional<OwnedDescriptor> held = is_past ? folder.Hold(entry.name) : std::nullopt;
    if (held || is_beyond) folder.Remove(entry.name);
  }
}

}  // namespace

std::optional<PrivateFolder> SchemaCache::Folder(PrivateFolder::Missing missing) const {
  Result<PrivateFolder> folder = PrivateFolder::Open(folder_, owner_, missing);
  if (!folder) return std::nullopt;
  return std::move(*folder);
}

std::optional<CacheFile> SchemaCache::Find(const CacheKey& key) const {
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kRefuse);
  if (!folder) return std::nullopt;
  return FindIn(*folder, key);
}

bool SchemaCache::IsFresh(const CacheFile& file, SystemTime now) {
  return IsWithin(file.written(), now, kCacheFreshTime);
}

void SchemaCache::Learn(const CacheKey& key, const SchemaRecord& record, Extent extent,
                        SystemTime now) const {
  const bool is_empty = !record.services && record.files.empty();
  if (record.is_unusable || is_empty) return;
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kMake);
  if (!folder) return;
  const std::optional<CacheFile> entry = FindIn(*folder, key);
  if (!entry) {
    Write(*folder, key, record, now);
    Prune(*folder, now);
    return;
  }
  if (extent == Extent::kWhole || Contradicts(record, *entry)) return Write(*folder, key, record, now);
  const bool is_fresh = IsFresh(*entry, now);
  const bool covers = Covers(record, *entry);
  if (!AddsTo(*entry, record) && (is_fresh || !covers)) return;
  Result<SchemaRecord> older = entry->ReadAll();
  if (!older) return Write(*folder, key, record, now);
  // An entry is as old as the oldest part of it; one from the future is stale, and stays so.
  const SystemTime kept = is_fresh ? entry->written() : std::min(entry->written(), now - kCacheFreshTime);
  Write(*folder, key, Joined(std::move(*older), record), covers ? now : kept);
}

void SchemaCache::NoteFailure(const CacheKey& key, SystemTime now) const {
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kMake);
  if (!folder) return;
  const bool is_new = !folder->WrittenAt(AttemptName(key));
  (void)folder->Stamp(AttemptName(key), now);
  // Servers that never answered have no entry that would be written.
  if (is_new) Prune(*folder, now);
}

bool SchemaCache::FailedLately(const CacheKey& key, SystemTime now) const {
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kRefuse);
  if (!folder) return false;
  const std::optional<SystemTime> failed = folder->WrittenAt(AttemptName(key));
  if (!failed || !IsWithin(*failed, now, kCacheRetryTime)) return false;
  const std::optional<SystemTime> heard = folder->WrittenAt(SchemaName(key));
  return !heard || *heard < *failed || *heard > now;
}

std::optional<OwnedDescriptor> SchemaCache::TakeTurn(const CacheKey& key) const {
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kMake);
  if (!folder) return std::nullopt;
  const bool is_new = !folder->WrittenAt(AttemptName(key));
  std::optional<OwnedDescriptor> turn = folder->Hold(AttemptName(key));
  // Holding it makes it: nobody was asked so far.
  if (turn && is_new) (void)folder->Stamp(AttemptName(key), SystemTime());
  return turn;
}

std::vector<CacheKey> SchemaCache::Keys(SystemTime now) const {
  const std::optional<PrivateFolder> folder = Folder(PrivateFolder::Missing::kRefuse);
  std::vector<CacheKey> keys;
  if (!folder) return keys;
  for (const PrivateFolder::Entry& entry : folder->List(now)) {
    if (!entry.name.ends_with(kSchemaEnding)) continue;
    const Result<PrivateFile> file = folder->OpenFile(entry.name);
    if (!file) continue;
    if (Result<CacheKey> key = CacheFile::KeyOf(*file)) keys.push_back(std::move(*key));
  }
  return keys;
}

bool SchemaCache::Remembers(const CacheKey& key) const {
  const auto is_there = [&](const CacheKey& other) { return other.text.starts_with(key.place); };
  return std::ranges::any_of(Keys(SystemTime()), is_there);
}

std::vector<std::string> SchemaCache::Targets(SystemTime now) const {
  std::vector<std::string> targets;
  for (CacheKey& key : Keys(now)) {
    if (std::ranges::find(targets, key.target) == targets.end()) targets.push_back(std::move(key.target));
  }
  return targets;
}

}  // namespace rpcctl
