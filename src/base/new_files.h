// Writes files whole or not at all, and never through a link.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

struct NewFile {
  std::string path;  // below a folder: parts with '/' between them, none of them empty, "." or ".."
  std::string content;
};

// What becomes of a file that stands where a new one is to.
enum class Existing { kKeep, kReplace };

// Writes `files`, whose paths differ, below `folder`; folders that are missing are made. Nothing is written
// before everything is seen to be possible: what stands in the way may be a folder where a folder is needed,
// and with kReplace a regular file where a file is; no link below `folder` is followed or replaced. Each file
// is written beside its place and renamed into it; one that replaces another keeps its permissions. Errors
// are kOutput and name the path; then no new file is there, unless the system failed in the middle of
// replacing old ones.
Result<void> WriteFilesBelow(const std::string& folder, std::span<const NewFile> files, Existing existing);

// The same for one file at `path`, whose folder exists.
Result<void> WriteNewFile(const std::string& path, std::string_view content, Existing existing);

}  // namespace rpcctl
