#include "cmd/rpcctl/core_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/safe_text.h"
#include "cmd/rpcctl/own_place.h"

namespace rpcctl {
namespace {

// That the program at `place` is of no use.
Error CannotBecome(std::string_view place, const std::string& what) {
  return {
      ErrorKind::kUsage, "--transport grpc: " + what,
      fmt::format("rpcctl-core comes with rpcctl: its place is {}, seen from the folder of rpcctl; h2, the "
                  "default, does without",
                  place)};
}

}  // namespace

Error BecomeCore(std::string_view place, char* const* words) {
  const Result<std::filesystem::path> core = FileBesideSelf(place);
  if (!core) return CannotBecome(place, core.error().message);
  const std::string shown = SafeText(core->string());
  std::error_code failure;
  // It would come back here for ever.
  if (std::filesystem::equivalent(*core, "/proc/self/exe", failure))
    return CannotBecome(place, fmt::format("'{}' is rpcctl itself", shown));
  execv(core->c_str(), words);
  return CannotBecome(place, fmt::format("cannot run '{}': {}", shown, std::strerror(errno)));
}

}  // namespace rpcctl
