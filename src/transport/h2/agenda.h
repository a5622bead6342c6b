// Which calls have something to tell, and when the next one runs out of time.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <utility>

#include "base/duration.h"

namespace rpcctl {

class H2Call;

// Shared by the transport and its calls; calls may outlive the transport. One thread.
class Agenda final {
 public:
  // `call` has an event, and is not in the queue yet.
  void AddReady(std::shared_ptr<H2Call> call) { ready_.push_back(std::move(call)); }
  // The call whose turn it is; null for none. It stays in the queue.
  std::shared_ptr<H2Call> FirstReady() const { return ready_.empty() ? nullptr : ready_.front(); }
  void PopReady() { ready_.pop_front(); }
  // `call` is not to be told anything any more.
  void RemoveReady(const H2Call& call);

  // Deadlines of calls that have not ended; TimePoint::max() is none. A call is borrowed until its deadline
  // is removed.
  void AddDeadline(TimePoint deadline, H2Call& call);
  void RemoveDeadline(TimePoint deadline, H2Call& call) { deadlines_.erase({deadline, &call}); }
  TimePoint NextDeadline() const { return deadlines_.empty() ? TimePoint::max() : deadlines_.begin()->first; }
  // A call whose deadline is over; null for none.
  H2Call* FirstOverdue(TimePoint now) const;

 private:
  std::deque<std::shared_ptr<H2Call>> ready_;
  std::set<std::pair<TimePoint, H2Call*>> deadlines_;
};

}  // namespace rpcctl
