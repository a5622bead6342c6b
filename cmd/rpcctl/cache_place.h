// Where the schema cache lies, and what a connection's entry in it is called.
#pragma once

#include <optional>

#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "schema/cache_key.h"
#include "schema/schema_cache.h"

namespace rpcctl {

// $XDG_CACHE_HOME/rpcctl, else $HOME/.cache/rpcctl; nullopt where neither names a folder from the root, where
// there is no such home, and for a program that runs with another user's rights than those of who started it.
std::optional<SchemaCache> CacheOf(const Surroundings& around);

// What the answers of the server may depend on: the target, who it must be, who the user is (a file's name,
// or a header's, never what it holds), and the proxy in between. Loads and reads no file. Errors are those of
// MakeConnectionPlan about the target and the proxy.
Result<CacheKey> MakeCacheKey(const ConnectionFlags& flags, const Surroundings& around);

// Puts what the server said in a run that is over into the cache, if there is one. Fails in silence.
void FeedCache(const SchemaRecord& heard, const ConnectionFlags& flags, const Surroundings& around);

}  // namespace rpcctl
