#include "cmd/rpcctl/other_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include "base/safe_text.h"
#include "cmd/rpcctl/own_place.h"

namespace rpcctl {
namespace {

// What went wrong; nothing else is returned from.
std::string Become(std::string_view place, char* const* words) {
  const Result<std::filesystem::path> own = OwnFile();
  if (!own) return own.error().message;
  const std::filesystem::path file = (own->parent_path() / place).lexically_normal();
  const std::string shown = SafeText(file.string());
  std::error_code failure;
  // It would come back here for ever.
  if (std::filesystem::equivalent(file, *own, failure)) return fmt::format("'{}' is rpcctl itself", shown);
  execv(file.c_str(), words);
  const int cause = errno;
  const bool is_there = cause == ENOENT && std::filesystem::exists(file, failure);
  return fmt::format(
      "cannot run '{}': {}", shown,
      is_there ? "the loader that it names, of the C library, is missing" : std::strerror(cause));
}

std::string HintAboutPlace(std::string_view name, std::string_view place) {
  return fmt::format("{} comes with rpcctl: its place is {}, seen from the folder of rpcctl", name, place);
}

}  // namespace

Error BecomeCore(std::string_view place, char* const* words) {
  return {ErrorKind::kUsage, "--transport grpc: " + Become(place, words),
          HintAboutPlace("rpcctl-core", place) + "; h2, the default, does without"};
}

Error BecomeFull(std::string_view place, char* const* words, std::string_view what) {
  return {ErrorKind::kInternal, fmt::format("{} cannot be had: {}", what, Become(place, words)),
          HintAboutPlace("rpcctl-full", place)};
}

}  // namespace rpcctl
