#include "cmd/rpcctl/time_limit.h"

#include <sys/time.h>

#include <algorithm>
#include <csignal>

#include "cmd/rpcctl/interrupt.h"

namespace rpcctl {
namespace {

constexpr Duration kPatienceWhenOver = std::chrono::seconds(1);
// Again and again: one signal alone could come just before the write that it is to break off.
constexpr timeval kInterval = {0, 100'000};

TimePoint limit = TimePoint::max();

timeval Left(TimePoint deadline) {
  const Duration left =
      std::max<Duration>(deadline - std::chrono::steady_clock::now(), std::chrono::milliseconds(1));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(left - seconds);
  return {seconds.count(), rest.count()};
}

}  // namespace

void TimeLimit::Set(TimePoint deadline) {
  limit = deadline;
  if (deadline == TimePoint::max()) return;
  struct sigaction nothing {};
  nothing.sa_handler = [](int) {};
  sigaction(SIGALRM, &nothing, nullptr);
  const itimerval timer{kInterval, Left(deadline)};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

bool TimeLimit::IsOver() {
  return std::chrono::steady_clock::now() >= limit;
}

std::optional<Duration> OutputPatience() {
  if (Interrupt::Signal() != 0) return Duration::zero();
  return TimeLimit::IsOver() ? std::optional(kPatienceWhenOver) : std::nullopt;
}

}  // namespace rpcctl
