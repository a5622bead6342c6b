#include "cmd/rpcctl/known_server.h"

#include <fmt/format.h>

#include <chrono>

#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/refresh_command.h"
#include "schema/cached_source.h"

namespace rpcctl {
namespace {

SystemTime Now() {
  return std::chrono::system_clock::now();
}

// Whether `one` is to be answered from rather than `other`.
bool IsBetter(const CacheFile& one, const CacheFile& other) {
  if (SchemaCache::IsFresh(other, Now())) return false;
  return SchemaCache::IsFresh(one, Now()) || one.written() > other.written();
}

// What serves a line, which may set the environment, for longer than `around` lives.
Surroundings Kept(const Surroundings& around, Output& out, Output& err) {
  Surroundings kept{-1, out, err, false, false, around.environment};
  kept.start_detached = around.start_detached;
  return kept;
}

}  // namespace

KnownServer::KnownServer(const ConnectionFlags& flags, const Surroundings& around, TimePoint began)
    : given_(flags),
      flags_(WithoutCredentials(flags)),
      around_(Kept(around, out_, err_)),
      cache_(CacheOf(around_)),
      server_(flags_, around, around.key_patience, began) {}

Result<void> KnownServer::Find() {
  const Result<Target> target = ChooseTarget(flags_, around_);
  if (!target) return target.error();
  Result<Route> route = ChooseRoute(*target, flags_.proxy, around_.environment);
  if (!route) return route.error();
  Result<CacheKey> key = MakeCacheKey(flags_, around_);
  if (!key) return key.error();
  const Result<CacheKey> typed = MakeCacheKey(given_, around_);
  if (!typed) return typed.error();
  key_ = std::move(*key);
  route_ = std::move(*route);
  entry_ = BestEntry(*typed);
  refusal_ = Refusal(*target);
  return {};
}

// Of the entry that was heard with these headers and certificates, and the one without any, as the server
// answers us and as a refresh leaves it.
std::shared_ptr<const CacheFile> KnownServer::BestEntry(const CacheKey& typed) const {
  std::shared_ptr<const CacheFile> best;
  if (!cache_) return best;
  for (const CacheKey* key : {&typed, &key_}) {
    std::optional<CacheFile> found = cache_->Find(*key);
    if (found && (!best || IsBetter(*found, *best)))
      best = std::make_shared<const CacheFile>(std::move(*found));
  }
  return best;
}

std::string KnownServer::Refusal(const Target& target) const {
  if (route_.proxy && route_.proxy->credentials) return std::string(kProxyWantsPassword);
  const bool is_remembered = cache_ && cache_->Remembers(key_);
  if (!target.is_local && !is_remembered)
    return fmt::format("{} is not asked: it has not been used before", key_.target);
  if (cache_ && cache_->FailedLately(key_, Now()))
    return fmt::format("{} had no answer just now", key_.target);
  return "";
}

std::unique_ptr<SchemaSource> KnownServer::Source() {
  std::unique_ptr<SchemaSource> asked = refusal_.empty() ? server_.Source() : nullptr;
  return entry_ ? OpenCachedSchema(entry_, std::move(asked)) : std::move(asked);
}

void KnownServer::Finish() {
  if (!cache_) return;
  cache_->Learn(key_, server_.heard(), SchemaCache::Extent::kPart, Now());
  const bool failed = server_.failure().has_value();
  if (failed) cache_->NoteFailure(key_, Now());
  // A server that was used and could not tell in time what the entry lacks has more time from another
  // process.
  const bool is_due = entry_ && (failed || !SchemaCache::IsFresh(*entry_, Now()));
  if (is_due && refusal_.empty()) around_.start_detached(RefreshWords(flags_, key_, route_));
}

}  // namespace rpcctl
