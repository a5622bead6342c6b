// The server of a half-typed line, and what the schema cache knows of it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/output.h"
#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/quiet_server.h"
#include "cmd/rpcctl/surroundings.h"
#include "schema/cache_file.h"
#include "schema/cache_key.h"
#include "schema/schema_cache.h"
#include "schema/schema_source.h"
#include "transport/proxy.h"

namespace rpcctl {

// Decides whether the server may be asked by who only pressed a key, and keeps what it says.
class KnownServer final {
 public:
  // `flags` are the line's; `began` is when the key was pressed. Of `around` the environment, the cache's
  // place and the transport are copied.
  KnownServer(const ConnectionFlags& flags, const Surroundings& around, TimePoint began);
  KnownServer(const KnownServer&) = delete;
  KnownServer& operator=(const KnownServer&) = delete;

  // Looks for what the cache has; to be called once, before the rest. Errors are those of MakeCacheKey.
  Result<void> Find();
  // Why the server is not asked, in a few words that are not yet safe to show; empty when it may be.
  const std::string& refusal() const { return refusal_; }
  // What is answered from, however old; null for nothing.
  const std::shared_ptr<const CacheFile>& entry() const { return entry_; }
  // What the cache has, and the server behind it; null where there is neither. Borrows this.
  std::unique_ptr<SchemaSource> Source();
  // Puts what was heard into the cache, and has the entry refreshed by a detached process: one that is no
  // longer fresh, or that lacks what the server did not tell in time.
  void Finish();

 private:
  std::string Refusal(const Target& target) const;
  std::shared_ptr<const CacheFile> BestEntry(const CacheKey& typed) const;

  StringOutput out_, err_;
  const ConnectionFlags given_, flags_;  // as typed, and less the credentials
  const Surroundings around_;
  const std::optional<SchemaCache> cache_;
  QuietServer server_;
  CacheKey key_;  // of what the server says to us
  Route route_;
  std::string refusal_;
  std::shared_ptr<const CacheFile> entry_;
};

}  // namespace rpcctl
