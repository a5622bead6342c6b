// Reads local files whole, within a limit.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace rpcctl {

// The content of the file at `path`: a regular file, a pipe or a device. A folder, a file that cannot be
// read, or one of more than `limit` bytes is a kInput error that names `path` and the cause.
Result<std::string> ReadFile(const std::string& path, uint64_t limit);

// The same for a regular file alone: nobody waits for a pipe that has no writer.
Result<std::string> ReadRegularFile(const std::string& path, uint64_t limit);

// The cause behind an errno value, as a person reads it: "No such file or directory". Does not depend on the
// locale.
std::string ErrnoText(int error_number);

}  // namespace rpcctl
