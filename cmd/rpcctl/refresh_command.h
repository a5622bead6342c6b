// The hidden command that completion starts, detached, to bring an entry of the cache up to date:
// rpcctl __refresh OPTION...
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "schema/cache_key.h"
#include "transport/proxy.h"

namespace rpcctl {

constexpr std::string_view kRefreshCommand = "__refresh";

// The command line that refreshes the entry `key` of the server that `flags`, which hold no credentials, lead
// to by `route`, whose proxy has none either. It means the same in every folder, and whatever the environment
// says.
std::vector<std::string> RefreshWords(const ConnectionFlags& flags, const CacheKey& key, const Route& route);

// `words` are those options. Asks the server for everything and puts it into the cache, unless another
// process does, or has just done so. Ends within ten seconds, and says nothing to anybody.
void RunRefreshCommand(std::span<const std::string> words, const Surroundings& around);

}  // namespace rpcctl
