// The other executables of rpcctl, which lie at fixed places beside this one. This process becomes one of
// them with `words` (argv, ended by a null pointer), its environment and its descriptors. `place` is where it
// lies, seen from the folder of this one. The functions return only when that failed, and why.
#pragma once

#include <string_view>

#include "base/result.h"

namespace rpcctl {

// rpcctl-core, for --transport grpc: kUsage.
Error BecomeCore(std::string_view place, char* const* words);

// rpcctl-full, for `what` cannot be had without it: kInternal.
Error BecomeFull(std::string_view place, char* const* words, std::string_view what);

}  // namespace rpcctl
