#include "schema/import_paths.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;

bool IsRegularFile(const fs::path& path) {
  std::error_code failure;
  return fs::is_regular_file(path, failure);
}

fs::path Absolute(const fs::path& path) {
  std::error_code failure;
  const fs::path absolute = fs::absolute(path, failure);
  return (failure ? path : absolute).lexically_normal();
}

fs::path CurrentFolder() {
  std::error_code failure;
  return fs::current_path(failure);
}

// `file` below `folder`, with '/' between its parts; none when it is not below.
std::optional<std::string> Below(const fs::path& folder, const fs::path& file) {
  const std::string relative = file.lexically_relative(folder).generic_string();
  if (!IsImportName(relative)) return std::nullopt;
  return relative;
}

// The folder of `file` and those above it, the nearest first.
std::vector<fs::path> FoldersAbove(const fs::path& file) {
  std::vector<fs::path> folders;
  fs::path folder = Absolute(file).parent_path();
  for (; folder.has_relative_path(); folder = folder.parent_path()) folders.push_back(folder);
  folders.push_back(folder);
  return folders;
}

}  // namespace

std::string RealPath(const std::string& path) {
  std::error_code failure;
  const fs::path real = fs::canonical(path, failure);
  return failure ? Absolute(path).string() : real.string();
}

bool IsImportName(std::string_view import) {
  for (;;) {
    const size_t slash = import.find('/');
    const std::string_view part = import.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (part.find('\\') != std::string_view::npos || part.find('\0') != std::string_view::npos) return false;
    if (slash == std::string_view::npos) return true;
    import.remove_prefix(slash + 1);
  }
}

Result<ImportPaths> ImportPaths::Make(std::vector<std::string> roots) {
  for (const std::string& root : roots) {
    std::error_code failure;
    if (fs::is_directory(root, failure)) continue;
    return Error{ErrorKind::kInput, fmt::format("'{}' is not a folder to import from", SafeText(root))};
  }
  return ImportPaths(std::move(roots));
}

std::optional<std::string> ImportPaths::Find(std::string_view import, const std::string& importing) const {
  if (!IsImportName(import)) return std::nullopt;
  for (const std::string& root : roots_) {
    if (const fs::path path = fs::path(root) / import; IsRegularFile(path)) return path.string();
  }
  if (IsRegularFile(import)) return std::string(import);
  for (const fs::path& folder : FoldersAbove(importing)) {
    if (const fs::path path = folder / import; IsRegularFile(path)) return path.string();
  }
  return std::nullopt;
}

std::string ImportPaths::NameOf(const std::string& file, std::span<const std::string> imports) const {
  for (const std::string& root : roots_) {
    if (const auto name = Below(Absolute(root), Absolute(file))) return *name;
    if (const auto name = Below(RealPath(root), RealPath(file))) return *name;
  }
  std::vector<fs::path> folders = FoldersAbove(file);
  folders.insert(folders.begin(), CurrentFolder());
  for (const fs::path& folder : folders) {
    const std::optional<std::string> name = Below(folder, Absolute(file));
    if (!name) continue;
    for (const std::string& import : imports) {
      if (IsImportName(import) && IsRegularFile(folder / import)) return *name;
    }
  }
  return fs::path(file).filename().string();
}

std::string ImportPaths::PlacesFor(const std::string& importing) const {
  std::string places;
  for (const std::string& root : roots_) places += fmt::format("'{}', ", SafeText(root));
  return fmt::format("looked in {}the current directory, and from '{}' upwards", places,
                     SafeText(Absolute(importing).parent_path().string()));
}

}  // namespace rpcctl
