#include "cmd/rpcctl/core_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

Error CannotBecome(const std::string& what) {
  return {ErrorKind::kUsage, "--transport grpc: " + what,
          "rpcctl-core comes with rpcctl and is installed beside it; h2, the default, does without"};
}

}  // namespace

Error BecomeCore(std::string_view place, char* const* words) {
  std::error_code failure;
  // Every link on the way to this executable is resolved in it.
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure)
    return CannotBecome(fmt::format("where rpcctl lies is unknown: /proc/self/exe: {}", failure.message()));
  const std::filesystem::path core = (own.parent_path() / place).lexically_normal();
  const std::string shown = SafeText(core.string());
  // It would come back here for ever.
  if (std::filesystem::equivalent(core, own, failure))
    return CannotBecome(fmt::format("'{}' is rpcctl itself", shown));
  execv(core.c_str(), words);
  return CannotBecome(fmt::format("cannot run '{}': {}", shown, std::strerror(errno)));
}

}  // namespace rpcctl
