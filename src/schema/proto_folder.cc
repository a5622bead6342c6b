#include "schema/proto_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/files.h"
#include "base/safe_text.h"
#include "schema/import_paths.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;

// A folder named by mistake, such as "/", is not walked to its end.
constexpr size_t kMostEntries = 100'000;

Error CannotList(const std::string& folder, std::string_view cause) {
  return {ErrorKind::kInput, fmt::format("cannot list '{}': {}", SafeText(folder), cause)};
}

bool IsHidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

bool LeadsOut(const fs::directory_entry& entry, const std::string& real_folder) {
  std::error_code failure;
  if (!entry.is_symlink(failure)) return false;
  return !RealPath(entry.path().string()).starts_with(real_folder + "/");
}

bool IsProtoFile(const fs::directory_entry& entry, const std::string& real_folder) {
  std::error_code failure;
  return entry.path().extension() == ".proto" && entry.is_regular_file(failure) &&
         !LeadsOut(entry, real_folder);
}

}  // namespace

Result<std::vector<std::string>> ProtoFilesBelow(const std::string& folder) {
  std::error_code failure;
  const std::string real_folder = RealPath(folder);
  std::vector<std::string> files;
  size_t entries = 0;
  fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied, failure);
  for (; !failure && walk != fs::recursive_directory_iterator(); walk.increment(failure)) {
    if (++entries > kMostEntries)
      return CannotList(folder, fmt::format("it has more than {} entries", kMostEntries));
    if (IsHidden(walk->path())) {
      walk.disable_recursion_pending();
    } else if (IsProtoFile(*walk, real_folder)) {
      files.push_back(walk->path().string());
    }
    if (files.size() > kMaxSchemaFiles) return Error{ErrorKind::kSchema, std::string(kTooManyFiles)};
  }
  if (failure) return CannotList(folder, ErrnoText(failure.value()));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace rpcctl
