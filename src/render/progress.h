// The line that counts a long stream while it lasts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "base/duration.h"

namespace rpcctl {

// Says what to write to a terminal so that its last line shows how many messages came, how fast and how many
// bytes: "12040 messages, 4013/s, 1.5 MiB". A stream of less than a second is not counted. Time is handed in:
// it never asks for it itself.
class Progress final {
 public:
  // One message of `bytes`, taken at `now`.
  void Count(size_t bytes, TimePoint now);
  // The line anew, over what it was; empty while it need not change yet.
  std::string Refresh(TimePoint now);
  // What takes the line away; empty when there is none. It comes back with the next refresh.
  std::string Erase();
  // When Refresh has something to say; never, TimePoint::max(), before the first message.
  TimePoint NextRefresh() const { return next_; }
  bool IsShown() const { return shown_; }

 private:
  struct Sample {
    TimePoint at;
    uint64_t messages;
  };

  uint64_t MessagesPerSecond(TimePoint now) const;

  uint64_t messages_ = 0;
  uint64_t bytes_ = 0;
  TimePoint next_ = TimePoint::max();
  std::deque<Sample> samples_;  // of the last second or so, the oldest first
  bool shown_ = false;
};

// What takes a line away whose beginning and end are not known: for one who cannot ask a Progress.
inline constexpr char kEraseLine[] = "\r\x1b[K";

}  // namespace rpcctl
