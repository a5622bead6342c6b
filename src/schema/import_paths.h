// Where on disk the files are that .proto files import, and under which name each is imported.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// The absolute path of `path` without links, "." and ".."; two paths to one file become equal. A path that
// does not exist is only made absolute.
std::string RealPath(const std::string& path);

// What an import may be: relative, with '/' between its parts, none of them empty, "." or "..".
bool IsImportName(std::string_view import);

// Resolves imports against the folders that were named for it, the current directory, and the folder of the
// importing file with all folders above it, in this order.
class ImportPaths final {
 public:
  // Every one of `roots` must be a folder; otherwise a kInput error.
  static Result<ImportPaths> Make(std::vector<std::string> roots);

  // The path of the regular file that `importing` means by `import`; none when there is no such file.
  std::optional<std::string> Find(std::string_view import, const std::string& importing) const;
  // The name under which others would import `file`: its path below the first root that contains it;
  // otherwise below the folder from which one of its own imports is found; otherwise its last part.
  std::string NameOf(const std::string& file, std::span<const std::string> imports) const;
  // "looked in 'protos', the current directory, and from '/home/me/api' upwards": for a hint.
  std::string PlacesFor(const std::string& importing) const;

 private:
  explicit ImportPaths(std::vector<std::string> roots) : roots_(std::move(roots)) {}

  std::vector<std::string> roots_;
};

}  // namespace rpcctl
