// From our points in time to the core's.
#pragma once

#include <grpc/support/time.h>

#include "base/duration.h"

namespace rpcctl {

// TimePoint::max() is the infinite future, TimePoint::min() the infinite past. On Linux both clocks are
// CLOCK_MONOTONIC, so the number carries over.
inline gpr_timespec ToTimespec(TimePoint time) {
  if (time == TimePoint::max()) return gpr_inf_future(GPR_CLOCK_MONOTONIC);
  if (time == TimePoint::min()) return gpr_inf_past(GPR_CLOCK_MONOTONIC);
  const int64_t nanoseconds = std::chrono::duration_cast<Duration>(time.time_since_epoch()).count();
  gpr_timespec spec{};
  spec.tv_sec = nanoseconds / 1'000'000'000;
  spec.tv_nsec = static_cast<int32_t>(nanoseconds % 1'000'000'000);
  spec.clock_type = GPR_CLOCK_MONOTONIC;
  return spec;
}

}  // namespace rpcctl
