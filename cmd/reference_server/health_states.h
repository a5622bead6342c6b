// What the health service says of each service, which may change while somebody watches.
#pragma once

#include <atomic>
#include <set>
#include <string>
#include <vector>

namespace rpcctl::reference {

// For several threads at once.
class HealthStates final {
 public:
  enum class State { kServing, kNotServing, kUnknown };

  // `services` by full name, and the server as a whole, whose name is empty, are serving; `not_serving` are
  // not, and are known even if they are not among `services`.
  HealthStates(const std::vector<std::string>& services, const std::vector<std::string>& not_serving);

  // Unknown for a name that was not given.
  State Of(const std::string& service) const;
  // From now on those that were serving are not, and those that were not are.
  void Flip() { flipped_ = !flipped_; }

 private:
  std::set<std::string> known_;
  const std::set<std::string> not_serving_;
  std::atomic<bool> flipped_ = false;
};

}  // namespace rpcctl::reference
