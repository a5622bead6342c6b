// Sizes in bytes as people write them: 1000, 512KiB, 4MiB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// Reads a whole number of bytes with an optional unit: B, KiB MiB GiB (powers of 1024), kB KB MB GB (powers
// of 1000). Errors are kUsage without saying which option it was.
Result<uint64_t> ParseSize(std::string_view text);

// "4 MiB", "1.5 MiB", "17 bytes": for people.
std::string FormatSize(uint64_t bytes);

}  // namespace rpcctl
