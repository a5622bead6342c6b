// A folder of the user's own, for small files that nobody else can read or plant.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/owned_descriptor.h"
#include "base/result.h"

namespace rpcctl {

// The time of day, which may be set back: what is compared with it may lie in the future.
using SystemTime = std::chrono::system_clock::time_point;

// A regular file that was open to nobody else when it was opened. What is read from it stays the same, since
// files are replaced and never changed.
struct PrivateFile {
  OwnedDescriptor descriptor;
  uint64_t size = 0;   // in bytes
  SystemTime written;  // as whoever wrote it said

  // `size` bytes from `offset`; a kInput error where there are fewer.
  Result<std::string> Read(uint64_t offset, size_t size) const;
};

// Names are of files right in the folder: no '/' and no leading dot. Errors say why, for a person, and are
// kInput for what is read and kOutput for what is written. Safe to use from several processes at once.
class PrivateFolder final {
 public:
  enum class Missing { kMake, kRefuse };

  // The folder at `path`, which is refused when it is a link, is not of `owner` alone, or is open to others.
  // With kMake it is made where it is missing, and what is above it.
  static Result<PrivateFolder> Open(const std::string& path, uid_t owner, Missing missing);

  // Refuses links, what is not a regular file, what another user owns, and what others may open.
  Result<PrivateFile> OpenFile(const std::string& name) const;
  // Puts a file of these bytes in the place of `name`, whole or not at all, and says that it was written at
  // `written`. Whoever has the old one open keeps it.
  Result<void> Replace(const std::string& name, std::string_view content, SystemTime written) const;
  // Makes an empty file of `name`, or dates the one there is.
  Result<void> Stamp(const std::string& name, SystemTime time) const;
  // When `name` was written; none where there is no such file.
  std::optional<SystemTime> WrittenAt(const std::string& name) const;
  // Holds `name`, made where it is missing, for this process as long as the descriptor lives; none when
  // another process holds it.
  std::optional<OwnedDescriptor> Hold(const std::string& name) const;
  void Remove(const std::string& name) const;

  struct Entry {
    std::string name;
    SystemTime written;
  };
  // What is in it, newest first; files that were never finished are left out, and removed when they are older
  // than a minute before `now`.
  std::vector<Entry> List(SystemTime now) const;

 private:
  PrivateFolder(OwnedDescriptor descriptor, uid_t owner)
      : descriptor_(std::move(descriptor)), owner_(owner) {}

  OwnedDescriptor descriptor_;
  uid_t owner_;
};

}  // namespace rpcctl
