#include "render/progress.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using std::chrono::milliseconds;

const TimePoint kStart = TimePoint() + std::chrono::hours(1);

TimePoint At(int ms) {
  return kStart + milliseconds(ms);
}

TEST_CASE("progress: nothing is shown before the first message, nor in the first second") {
  Progress progress;
  CHECK(progress.Refresh(At(5000)).empty());
  CHECK(progress.NextRefresh() == TimePoint::max());
  progress.Count(10, At(0));
  CHECK(progress.Refresh(At(999)).empty());
  CHECK(progress.Erase().empty());
  CHECK(progress.NextRefresh() == At(1000));
}

TEST_CASE("progress: then the line has messages, rate and bytes") {
  Progress progress;
  for (int i = 0; i < 3000; ++i) progress.Count(1024, At(0));
  CHECK(progress.Refresh(At(1500)) == "\r3000 messages, 2000/s, 2.9 MiB\x1b[K");
  CHECK(progress.IsShown());
}

TEST_CASE("progress: one message is one message") {
  Progress progress;
  progress.Count(5, At(0));
  CHECK(progress.Refresh(At(1000)) == "\r1 message, 1/s, 5 bytes\x1b[K");
}

TEST_CASE("progress: it is refreshed four times a second, not more") {
  Progress progress;
  progress.Count(1, At(0));
  CHECK_FALSE(progress.Refresh(At(1000)).empty());
  CHECK(progress.NextRefresh() == At(1250));
  CHECK(progress.Refresh(At(1249)).empty());
  CHECK_FALSE(progress.Refresh(At(1250)).empty());
}

TEST_CASE("progress: the rate is that of the last second, so that a stream that stalls is seen") {
  Progress progress;
  for (int i = 0; i < 100; ++i) progress.Count(1, At(0));
  for (int ms = 1000; ms <= 2000; ms += 250) CHECK_FALSE(progress.Refresh(At(ms)).empty());
  CHECK(progress.Refresh(At(2250)) == "\r100 messages, 0/s, 100 bytes\x1b[K");
}

TEST_CASE("progress: it is erased once, and comes back with the next refresh") {
  Progress progress;
  progress.Count(1, At(0));
  CHECK_FALSE(progress.Refresh(At(1000)).empty());
  CHECK(progress.Erase() == "\r\x1b[K");
  CHECK(progress.Erase().empty());
  CHECK_FALSE(progress.IsShown());
  CHECK_FALSE(progress.Refresh(At(1250)).empty());
  CHECK(progress.IsShown());
}

}  // namespace
}  // namespace rpcctl
