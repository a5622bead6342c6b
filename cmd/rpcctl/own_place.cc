#include "cmd/rpcctl/own_place.h"

#include <fmt/format.h>
#include <sys/auxv.h>

namespace rpcctl {

Result<std::filesystem::path> OwnFile() {
  std::error_code failure;
  std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (!failure) return own;
  // Without /proc: what the kernel was told to run (getauxval(3)), seen from the current directory, which
  // nothing has changed since. It names the file itself, or a link to it.
  const auto* started = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  std::error_code nowhere;
  if (started != nullptr) own = std::filesystem::canonical(started, nowhere);
  if (started != nullptr && !nowhere) return own;
  return Error{ErrorKind::kInternal,
               fmt::format("where rpcctl lies is unknown: /proc/self/exe: {}", failure.message())};
}

}  // namespace rpcctl
