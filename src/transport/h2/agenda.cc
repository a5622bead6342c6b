#include "transport/h2/agenda.h"

namespace rpcctl {

void Agenda::RemoveReady(const H2Call& call) {
  std::erase_if(ready_, [&](const std::shared_ptr<H2Call>& ready) { return ready.get() == &call; });
}

void Agenda::AddDeadline(TimePoint deadline, H2Call& call) {
  if (deadline != TimePoint::max()) deadlines_.emplace(deadline, &call);
}

H2Call* Agenda::FirstOverdue(TimePoint now) const {
  return NextDeadline() <= now && !deadlines_.empty() ? deadlines_.begin()->second : nullptr;
}

}  // namespace rpcctl
