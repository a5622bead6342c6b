// What servers said about their schemas, kept on disk from one run to the next, for completion.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/owned_descriptor.h"
#include "base/private_folder.h"
#include "schema/cache_file.h"
#include "schema/cache_key.h"
#include "schema/schema_record.h"

namespace rpcctl {

// So long an entry is as good as the server.
inline constexpr auto kCacheFreshTime = std::chrono::seconds(60);
// So long a server that did not answer is left alone.
inline constexpr auto kCacheRetryTime = std::chrono::seconds(10);
// More targets than this are not remembered: the oldest goes.
inline constexpr size_t kMostCachedTargets = 200;

// Nothing here fails: a cache that cannot be used is empty, and forgets what it is told. Times in the future
// (the clock was set back) count as long ago. Any number of processes may use one folder at once.
//
// An entry has two files in the folder, named after its key: HASH.schema (cache_format.h), which is dated
// when all of it was last heard from the server, and HASH.attempt, an empty one that is dated when the server
// was last asked without an answer, and held by who asks it on behalf of all.
class SchemaCache final {
 public:
  // `folder` need not exist; `owner` is the user whose it has to be.
  SchemaCache(std::string folder, uid_t owner) : folder_(std::move(folder)), owner_(owner) {}

  // The entry, however old; nullopt where there is none that can be used.
  std::optional<CacheFile> Find(const CacheKey& key) const;
  static bool IsFresh(const CacheFile& file, SystemTime now);

  // How much of what a server has is in a record.
  enum class Extent { kPart, kWhole };
  // Puts what was heard just now together with the entry there is; whatever contradicts the entry replaces
  // it, and so does what is whole. Writes nothing where a fresh entry has it all.
  void Learn(const CacheKey& key, const SchemaRecord& record, Extent extent, SystemTime now) const;

  // Notes that the server does not answer, or has not yet; the next success, by a Learn, makes it void.
  void NoteFailure(const CacheKey& key, SystemTime now) const;
  // Whether that was noted within the retry time.
  bool FailedLately(const CacheKey& key, SystemTime now) const;
  // The right to ask the server again, for as long as the descriptor lives; nullopt where another process has
  // it. Who has it looks whether the entry still wants it, and notes a failure before it asks.
  std::optional<OwnedDescriptor> TakeTurn(const CacheKey& key) const;

  // Whether there is an entry of the same place, with whatever headers and certificates. Reads the heads of
  // all entries.
  bool Remembers(const CacheKey& key) const;
  // The targets of all entries, the one last heard of first, each once.
  std::vector<std::string> Targets(SystemTime now) const;

 private:
  std::optional<PrivateFolder> Folder(PrivateFolder::Missing missing) const;
  // Of all entries, the one last heard of first.
  std::vector<CacheKey> Keys(SystemTime now) const;

  std::string folder_;
  uid_t owner_;
};

}  // namespace rpcctl
