// The .proto files within a folder.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// Every regular .proto file below `folder`, sorted by path. Hidden files and folders are passed over, as are
// links to folders and links that lead out of `folder`. A kInput error when the folder cannot be read, or is
// so large that it is surely not one of .proto files.
Result<std::vector<std::string>> ProtoFilesBelow(const std::string& folder);

}  // namespace rpcctl
