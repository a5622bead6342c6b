#include "transport/h2/keepalive.h"

#include <algorithm>

namespace rpcctl {
namespace {

constexpr int kPingsWithoutData = 2;  // the official core's default
constexpr Duration kLongestPatience = std::chrono::seconds(10);

}  // namespace

void Keepalive::Hear(TimePoint now, bool is_data) {
  heard_ = now;
  if (is_data) pings_without_data_ = 0;
}

void Keepalive::Pinged(TimePoint now) {
  pinged_ = now;
  asked_ = true;
  ++pings_without_data_;
}

Duration Keepalive::Patience() const {
  return std::min<Duration>(silence_ / 2, kLongestPatience);
}

TimePoint Keepalive::Due() const {
  if (silence_ == Duration::max()) return TimePoint::max();
  if (asked_) return After(std::max(pinged_, heard_), Patience());
  if (heard_ == TimePoint::max() || pings_without_data_ >= kPingsWithoutData) return TimePoint::max();
  return After(heard_, silence_);
}

}  // namespace rpcctl
