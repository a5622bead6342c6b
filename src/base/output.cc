#include "base/output.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.h"

namespace rpcctl {
namespace {

constexpr size_t kFlushAt = 64 * 1024;

// Writes all of `bytes`, through short writes, signals and a descriptor that another process made
// non-blocking. Returns 0 or the errno that stopped it.
int WriteAll(int descriptor, std::string_view bytes, const std::function<bool()>& give_up) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
      // A signal in the middle of a write shows only as a short one.
      if (!bytes.empty() && give_up && give_up()) return EINTR;
    } else if (errno == EAGAIN) {
      pollfd waiting{descriptor, POLLOUT, 0};
      if (poll(&waiting, 1, -1) < 0 && give_up && give_up()) return EINTR;
    } else if (errno != EINTR || (give_up && give_up())) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

DescriptorOutput::DescriptorOutput(int descriptor, std::string name, std::function<bool()> give_up)
    : descriptor_(descriptor), name_(std::move(name)), give_up_(std::move(give_up)) {}

Result<void> DescriptorOutput::Write(std::string_view bytes) {
  buffer_ += bytes;
  return buffer_.size() >= kFlushAt ? Flush() : Result<void>{};
}

Result<void> DescriptorOutput::Flush() {
  if (failure_ == 0 && !buffer_.empty()) failure_ = WriteAll(descriptor_, buffer_, give_up_);
  buffer_.clear();
  if (failure_ == 0) return {};
  return Error{ErrorKind::kOutput, fmt::format("cannot write to {}: {}", name_, ErrnoText(failure_))};
}

}  // namespace rpcctl
