#include "reference_server/health_states.h"

namespace rpcctl::reference {

HealthStates::HealthStates(const std::vector<std::string>& services,
                           const std::vector<std::string>& not_serving)
    : known_(services.begin(), services.end()), not_serving_(not_serving.begin(), not_serving.end()) {
  known_.insert("");
  known_.insert(not_serving.begin(), not_serving.end());
}

HealthStates::State HealthStates::Of(const std::string& service) const {
  if (!known_.contains(service)) return State::kUnknown;
  return not_serving_.contains(service) == flipped_ ? State::kServing : State::kNotServing;
}

}  // namespace rpcctl::reference
