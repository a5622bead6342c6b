// Waits for descriptors until a point in time.
#pragma once

#include <poll.h>

#include <span>

#include "base/duration.h"

namespace rpcctl {

// poll(2) with a time limit on the steady clock, taken up again after signals. Returns whether any became
// ready.
bool WaitForAny(std::span<pollfd> descriptors, TimePoint until);

}  // namespace rpcctl
