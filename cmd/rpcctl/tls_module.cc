#include "cmd/rpcctl/tls_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include "base/safe_text.h"
#include "cmd/rpcctl/own_place.h"

namespace rpcctl {
namespace {

// That the module at `place` is of no use.
Error CannotLoad(std::string_view place, const std::string& what) {
  return {
      ErrorKind::kInternal, "TLS cannot be had: " + what,
      fmt::format("rpcctl-tls.so comes with rpcctl: its place is {}, seen from the folder of rpcctl", place)};
}

// What dlopen or dlsym said last.
std::string LastFault() {
  const char* fault = dlerror();
  return SafeText(fault == nullptr ? "unknown error" : fault);
}

}  // namespace

Result<TlsLibrary> LoadTlsModule(std::string_view place) {
  const Result<std::filesystem::path> file = FileBesideSelf(place);
  if (!file) return CannotLoad(place, file.error().message);
  // A path with a '/' in it is searched for nowhere else. What it needs is found now or not at all.
  void* module = dlopen(file->c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return CannotLoad(place, LastFault());
  const auto entry = reinterpret_cast<TlsEntry>(dlsym(module, kTlsEntryName));
  if (entry == nullptr) return CannotLoad(place, LastFault());
  const TlsLibrary* library = entry(RPCCTL_VERSION);
  if (library == nullptr)
    return CannotLoad(place, fmt::format("'{}' is of another version of rpcctl", SafeText(file->string())));
  return *library;
}

}  // namespace rpcctl
