// The error for a name that no source knows.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

class FileFetcher;

// kSchema: "no `kind` '`words`' known to the server at h:1". The hint is `nearest`, and below it what the
// sources hold but cannot use.
Error NotFound(std::string_view kind, std::string_view words, const FileFetcher& fetcher,
               std::string nearest);

}  // namespace rpcctl
