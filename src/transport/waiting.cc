#include "transport/waiting.h"

#include <algorithm>
#include <cerrno>
#include <climits>

namespace rpcctl {
namespace {

int MillisecondsUntil(TimePoint until) {
  if (until == TimePoint::max()) return -1;
  const TimePoint now = std::chrono::steady_clock::now();
  if (until <= now) return 0;  // the difference to TimePoint::min() would overflow
  const Duration left = until - now;
  // Rounded up: waking a fraction early would spin.
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::min<int64_t>(milliseconds, INT_MAX));
}

}  // namespace

bool WaitForAny(std::span<pollfd> descriptors, TimePoint until) {
  for (;;) {
    const int ready = poll(descriptors.data(), descriptors.size(), MillisecondsUntil(until));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace rpcctl
