#include "transport/h2/watches.h"

namespace rpcctl {

void Watches::AppendTo(std::vector<pollfd>& polled) const {
  for (const auto& [descriptor, ready] : ready_) polled.push_back({descriptor, POLLIN, 0});
}

bool Watches::Tell(std::span<const pollfd> polled) {
  bool told = false;
  for (const pollfd& entry : polled) {
    const auto found = entry.revents == 0 ? ready_.end() : ready_.find(entry.fd);
    if (found == ready_.end()) continue;
    const std::function<void()> ready = found->second;  // it may remove itself
    ready();
    told = true;
  }
  return told;
}

}  // namespace rpcctl
