#include "base/output.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "base/files.h"

namespace rpcctl {
namespace {

constexpr size_t kFlushAt = 64 * 1024;

bool IsWritableWithin(int descriptor, Duration wait) {
  pollfd asked{descriptor, POLLOUT, 0};
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  return poll(&asked, 1, static_cast<int>(milliseconds)) > 0;
}

// Writes all of `bytes`, through short writes, signals and a descriptor that another process made
// non-blocking. Returns 0 or the errno that stopped it. Once the patience has a bound, no more is written at
// a time than surely does not block: a pipe that is writable has room for PIPE_BUF bytes (pipe(7)).
int WriteAll(int descriptor, std::string_view bytes, const DescriptorOutput::Patience& patience) {
  while (!bytes.empty()) {
    const std::optional<Duration> wait = patience ? patience() : std::nullopt;
    const bool hurried = wait.has_value();
    if (hurried && !IsWritableWithin(descriptor, *wait)) return EINTR;
    const size_t size = hurried ? std::min<size_t>(bytes.size(), PIPE_BUF) : bytes.size();
    const ssize_t count = write(descriptor, bytes.data(), size);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd waiting{descriptor, POLLOUT, 0};
      poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

DescriptorOutput::DescriptorOutput(int descriptor, std::string name, Patience patience)
    : descriptor_(descriptor), name_(std::move(name)), patience_(std::move(patience)) {}

Result<void> DescriptorOutput::Write(std::string_view bytes) {
  buffer_ += bytes;
  return buffer_.size() >= kFlushAt ? Flush() : Result<void>{};
}

Result<void> DescriptorOutput::Flush() {
  if (failure_ == 0 && !buffer_.empty()) failure_ = WriteAll(descriptor_, buffer_, patience_);
  buffer_.clear();
  if (failure_ == 0) return {};
  return Error{ErrorKind::kOutput, fmt::format("cannot write to {}: {}", name_, ErrnoText(failure_))};
}

}  // namespace rpcctl
