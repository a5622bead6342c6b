#include "transport/h2/keepalive.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kStart{1h};

TEST_CASE("keepalive: a PING is due after the silence, and has half of it to be answered") {
  Keepalive keepalive(8s);
  CHECK(keepalive.Due() == TimePoint::max());
  keepalive.Begin(kStart);
  CHECK(keepalive.Due() == kStart + 8s);
  CHECK_FALSE(keepalive.IsPingDue(kStart + 7s));
  CHECK(keepalive.IsPingDue(kStart + 8s));
  keepalive.Pinged(kStart + 8s);
  CHECK_FALSE(keepalive.IsPingDue(kStart + 20s));
  CHECK(keepalive.Due() == kStart + 12s);
  CHECK_FALSE(keepalive.IsGivenUp(kStart + 11s));
  CHECK(keepalive.IsGivenUp(kStart + 12s));
}

TEST_CASE("keepalive: whatever comes puts it off") {
  Keepalive keepalive(8s);
  keepalive.Begin(kStart);
  keepalive.Hear(kStart + 5s, false);
  CHECK(keepalive.Due() == kStart + 13s);
  keepalive.Pinged(kStart + 13s);
  keepalive.Hear(kStart + 15s, true);
  CHECK(keepalive.Due() == kStart + 19s);
  keepalive.Answered();
  CHECK(keepalive.Due() == kStart + 23s);
}

TEST_CASE("keepalive: no more than two PINGs go out without data") {
  Keepalive keepalive(8s);
  keepalive.Begin(kStart);
  for (int i = 0; i < 2; ++i) {
    CHECK(keepalive.Due() != TimePoint::max());
    keepalive.Pinged(kStart);
    keepalive.Hear(kStart, false);
    keepalive.Answered();
  }
  CHECK(keepalive.Due() == TimePoint::max());
  keepalive.Hear(kStart, true);
  CHECK(keepalive.Due() == kStart + 8s);
}

TEST_CASE("keepalive: an answer is waited for no longer than 10 s, and never is never") {
  CHECK(Keepalive(1h).Patience() == 10s);
  Keepalive never(Duration::max());
  never.Begin(kStart);
  CHECK(never.Due() == TimePoint::max());
}

}  // namespace
}  // namespace rpcctl
