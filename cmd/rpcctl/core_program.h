// The executable of the other transport, which lies at a fixed place beside this one.
#pragma once

#include <string_view>

#include "base/result.h"

namespace rpcctl {

// Makes this process rpcctl-core, with `words` (argv, ended by a null pointer) and this environment. `place`
// is where it lies, as FileBesideSelf has it. Returns only when that failed, and why: kUsage.
Error BecomeCore(std::string_view place, char* const* words);

}  // namespace rpcctl
