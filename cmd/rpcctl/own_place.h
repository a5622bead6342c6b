// Where the parts of the program lie that are files of their own.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// The file at `place`, seen from the folder of this executable, every link to which is resolved; neither PATH
// nor the current directory counts: what runs with the user's credentials must be what was installed with the
// program. Whether there is such a file is not looked at. The error is kInternal: the system does not tell
// where the executable lies.
Result<std::filesystem::path> FileBesideSelf(std::string_view place);

}  // namespace rpcctl
