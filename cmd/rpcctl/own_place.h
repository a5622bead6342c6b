// Where this executable lies, and so the parts of the program that are files of their own.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace rpcctl {

// The file of this executable, every link to which is resolved; neither PATH nor, where there is a /proc, the
// current directory counts: what runs with the user's credentials must be what was installed with the
// program. The error is kInternal: the system does not tell.
Result<std::filesystem::path> OwnFile();

}  // namespace rpcctl
