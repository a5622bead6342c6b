#include "schema/export_paths.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/import_paths.h"

namespace rpcctl {
namespace {

constexpr size_t kShownNameBytes = 200;
constexpr size_t kLongestPart = 255;   // of a path, as Linux has it
constexpr size_t kLongestPath = 2048;  // leaves as much for the folder that it stands below

Error Refused(std::string_view name, std::string_view why) {
  return {ErrorKind::kSchema,
          fmt::format("the file '{}' is not written: {}", SafeExcerpt(name, kShownNameBytes), why),
          "--to FILE writes a descriptor set, which takes any name"};
}

// "" where there is nothing to say.
std::string_view WhyNot(std::string_view name) {
  if (!IsImportName(name)) return "its name leads somewhere else";
  if (SafeText(name) != name) return "its name has characters that cannot be shown";
  if (!name.ends_with(".proto")) return "its name does not end in .proto";
  if (name.size() > kLongestPath) return "its name is too long";
  for (std::string_view rest = name;;) {
    const size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part.size() > kLongestPart) return "a part of its name is too long";
    if (part.starts_with('.')) return "it would be hidden";
    if (slash == std::string_view::npos) return "";
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace

Result<void> CheckExportPaths(std::span<const std::string> names) {
  std::unordered_map<std::string, std::string_view> taken;
  for (const std::string& name : names) {
    if (const std::string_view why = WhyNot(name); !why.empty()) return Refused(name, why);
    const auto [other, is_new] = taken.emplace(ToLowerAscii(name), name);
    if (is_new) continue;
    return Refused(name, fmt::format("'{}' has the same name but for case", SafeText(other->second)));
  }
  for (const std::string& name : names) {
    for (size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
      const auto file = taken.find(ToLowerAscii(std::string_view(name).substr(0, slash)));
      if (file != taken.end()) {
        return Refused(name, fmt::format("'{}' is a file", SafeText(file->second)));
      }
    }
  }
  return {};
}

}  // namespace rpcctl
