// Descriptors of others that wait in the transport's loop.
#pragma once

#include <poll.h>

#include <functional>
#include <map>
#include <span>
#include <vector>

namespace rpcctl {

// Who wants to know that a descriptor can be read.
class Watches final {
 public:
  void Add(int descriptor, std::function<void()> ready) { ready_[descriptor] = std::move(ready); }
  void Remove(int descriptor) { ready_.erase(descriptor); }
  bool IsEmpty() const { return ready_.empty(); }

  // Appends what poll(2) is to wait for.
  void AppendTo(std::vector<pollfd>& polled) const;
  // Tells those that are ready, as poll(2) left them, and are still watched; whether there was one. They may
  // add and remove watches, but not turn the loop.
  bool Tell(std::span<const pollfd> polled);

 private:
  std::map<int, std::function<void()>> ready_;
};

}  // namespace rpcctl
