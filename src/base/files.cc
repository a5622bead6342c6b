#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <string.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/owned_descriptor.h"
#include "base/safe_text.h"
#include "base/size.h"

namespace rpcctl {
namespace {

Error CannotRead(const std::string& path, std::string_view cause) {
  return {ErrorKind::kInput, fmt::format("cannot read '{}': {}", SafeText(path), cause)};
}

// What is left to read of `file`, which is at `path`, and `size` bytes long as far as the system says.
Result<std::string> ReadAll(const OwnedDescriptor& file, const std::string& path, off_t size,
                            uint64_t limit) {
  std::string content;
  // A large one is not held twice while it grows.
  content.reserve(std::min(static_cast<uint64_t>(std::max<off_t>(size, 0)), limit));
  char buffer[64 * 1024];
  for (;;) {
    const ssize_t count = read(file.value(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return CannotRead(path, ErrnoText(errno));
    if (count == 0) return content;
    content.append(buffer, static_cast<size_t>(count));
    if (content.size() > limit) return CannotRead(path, "it is larger than " + FormatSize(limit));
  }
}

}  // namespace

std::string ErrnoText(int error_number) {
  const char* text = strerrordesc_np(error_number);
  return text != nullptr ? text : fmt::format("error {}", error_number);
}

Result<std::string> ReadFile(const std::string& path, uint64_t limit) {
  const OwnedDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) return CannotRead(path, ErrnoText(errno));
  struct stat status {};
  if (fstat(file.value(), &status) != 0) return CannotRead(path, ErrnoText(errno));
  if (S_ISDIR(status.st_mode)) return CannotRead(path, "it is a folder");
  return ReadAll(file, path, status.st_size, limit);
}

Result<std::string> ReadRegularFile(const std::string& path, uint64_t limit) {
  // Without O_NONBLOCK a pipe would not even be opened before somebody writes.
  const OwnedDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.value() < 0) return CannotRead(path, ErrnoText(errno));
  struct stat status {};
  if (fstat(file.value(), &status) != 0) return CannotRead(path, ErrnoText(errno));
  if (S_ISDIR(status.st_mode)) return CannotRead(path, "it is a folder");
  if (!S_ISREG(status.st_mode)) return CannotRead(path, "it is not a regular file");
  return ReadAll(file, path, status.st_size, limit);
}

}  // namespace rpcctl
