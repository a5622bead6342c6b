#include "cmd/rpcctl/own_place.h"

#include <fmt/format.h>

namespace rpcctl {

Result<std::filesystem::path> FileBesideSelf(std::string_view place) {
  std::error_code failure;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) {
    return Error{ErrorKind::kInternal,
                 fmt::format("where rpcctl lies is unknown: /proc/self/exe: {}", failure.message())};
  }
  return (own.parent_path() / place).lexically_normal();
}

}  // namespace rpcctl
