#include "transport/h2/agenda.h"

namespace rpcctl {

void Agenda::AddDeadline(TimePoint deadline, H2Call& call) {
  if (deadline != TimePoint::max()) deadlines_.emplace(deadline, &call);
}

H2Call* Agenda::FirstOverdue(TimePoint now) const {
  return NextDeadline() <= now && !deadlines_.empty() ? deadlines_.begin()->second : nullptr;
}

}  // namespace rpcctl
