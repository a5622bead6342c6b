#include "cmd/rpcctl/counter_line.h"

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

void CounterLine::Count(size_t bytes) {
  if (!line_.exists()) return;
  const TimePoint now = Now();
  progress_.Count(bytes, now);
  line_.Write(progress_.Refresh(now));
}

void CounterLine::Refresh() {
  if (line_.exists()) line_.Write(progress_.Refresh(Now()));
}

void CounterLine::Erase() {
  progress_.Erase();
  line_.Erase();
}

}  // namespace rpcctl
