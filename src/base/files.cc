#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/safe_text.h"
#include "base/size.h"

namespace rpcctl {
namespace {

Error CannotRead(const std::string& path, std::string_view cause) {
  return {ErrorKind::kInput, fmt::format("cannot read '{}': {}", SafeText(path), cause)};
}

class Descriptor final {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value() const { return value_; }

 private:
  int value_;
};

}  // namespace

std::string ErrnoText(int error_number) {
  const char* text = strerrordesc_np(error_number);
  return text != nullptr ? text : fmt::format("error {}", error_number);
}

Result<std::string> ReadFile(const std::string& path, uint64_t limit) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) return CannotRead(path, ErrnoText(errno));
  struct stat status {};
  if (fstat(file.value(), &status) != 0) return CannotRead(path, ErrnoText(errno));
  if (S_ISDIR(status.st_mode)) return CannotRead(path, "it is a folder");
  std::string content;
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

}  // namespace rpcctl
