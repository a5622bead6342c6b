// Keeps the output from waiting for its reader when the time of the command is over.
#pragma once

#include <optional>

#include "base/duration.h"

namespace rpcctl {

// One in a process. A write that blocks is broken off by a signal, SIGALRM, that comes every 100 ms once the
// deadline has passed.
class TimeLimit final {
 public:
  // TimePoint::max() sets none.
  static void Set(TimePoint deadline);
  static bool IsOver();
};

// How long a reader that takes nothing is waited for: not at all after a signal, a second when the time is
// over, so that one that is only slow gets the rest; for ever otherwise.
std::optional<Duration> OutputPatience();

}  // namespace rpcctl
