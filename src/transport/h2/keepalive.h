// When a connection on which nothing comes is asked whether it is still there.
#pragma once

#include "base/duration.h"

namespace rpcctl {

// The clock of one connection. While calls are open and nothing comes for the time of TransportOptions, a
// PING is due, which has half of that, and at most 10 s, to be answered. No more than two PINGs go out
// without data in between, because servers close a connection on which more come (grpc's
// doc/keepalive.md). Points in time are given by the caller.
class Keepalive final {
 public:
  // Duration::max(): never.
  explicit Keepalive(Duration silence) : silence_(silence) {}

  // Something came; `is_data`: of a call, not of the connection alone.
  void Hear(TimePoint now, bool is_data);
  // A call began on a connection that had none.
  void Begin(TimePoint now) { heard_ = now; }
  // A PING left.
  void Pinged(TimePoint now);
  void Answered() { asked_ = false; }

  // When to look again; TimePoint::max() for never.
  TimePoint Due() const;
  bool IsPingDue(TimePoint now) const { return !asked_ && Due() <= now; }
  bool IsGivenUp(TimePoint now) const { return asked_ && Due() <= now; }
  // How long a PING has to be answered.
  Duration Patience() const;

 private:
  const Duration silence_;
  TimePoint heard_ = TimePoint::max();
  TimePoint pinged_ = TimePoint::max();
  bool asked_ = false;  // and not answered
  int pings_without_data_ = 0;
};

}  // namespace rpcctl
