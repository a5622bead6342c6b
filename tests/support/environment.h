// Surroundings for what reads the environment and nothing else.
#pragma once

#include <map>
#include <string>

#include "base/output.h"
#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/surroundings.h"

namespace rpcctl::testing {

class Environment final {
 public:
  Environment(std::map<std::string, std::string> variables = {}) : variables_(std::move(variables)) {}

  Surroundings around() {
    Surroundings around{
        0, out_, err_, false, false, [this](const std::string& name) -> std::optional<std::string> {
          const auto found = variables_.find(name);
          return found == variables_.end() ? std::nullopt : std::optional(found->second);
        }};
    around.abilities = AllAbilities();
    return around;
  }

 private:
  std::map<std::string, std::string> variables_;
  StringOutput out_, err_;
};

}  // namespace rpcctl::testing
