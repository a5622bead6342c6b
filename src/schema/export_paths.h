// Which names of files may become paths on disk: the names come from a server.
#pragma once

#include <span>
#include <string>

#include "base/result.h"

namespace rpcctl {

// Checks `names`, below one folder, before anything is written. A kSchema error names the first that must not
// be written, and why: a name that leads out of the folder or is no usual path of a .proto file (so that no
// server chooses to write ".bashrc"), or two names that a file system may take for one, or for a file and a
// folder.
Result<void> CheckExportPaths(std::span<const std::string> names);

}  // namespace rpcctl
