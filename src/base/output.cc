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

bool IsWritableNow(int descriptor) {
  pollfd asked{descriptor, POLLOUT, 0};
  return poll(&asked, 1, 0) > 0;
}

// Writes all of `bytes`, through short writes, signals and a descriptor that another process made
// non-blocking. Returns 0 or the errno that stopped it. Once `give_up` says so, only what the reader takes
// without a wait is written: a pipe that is writable has room for PIPE_BUF bytes (pipe(7)).
int WriteAll(int descriptor, std::string_view bytes, const std::function<bool()>& give_up) {
  while (!bytes.empty()) {
    const bool hurried = give_up && give_up();
    if (hurried && !IsWritableNow(descriptor)) return EINTR;
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
