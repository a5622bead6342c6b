// The captures of a case that may be tried several times.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "script/checked_step.h"
#include "script/variables.h"

namespace rpcctl {

// Knows what the names that a case captures stood for before it, so that no attempt begins with what the one
// before it captured.
class CaseCaptures final {
 public:
  // To be told of each step before it is made: until then nothing of the case has set what it captures.
  void NoteBefore(const CheckedStep& step, const Variables& variables) {
    for (const CheckedCapture& capture : step.captures) {
      if (before_.contains(capture.written.name)) continue;
      const VariableValue* value = variables.Find(capture.written.name);
      before_[capture.written.name] = value == nullptr ? std::nullopt : std::optional(*value);
    }
  }

  void Forget(Variables& variables) const {
    for (const auto& [name, value] : before_) {
      if (value) {
        variables.Set(name, *value);
      } else {
        variables.Clear(name);
      }
    }
  }

 private:
  std::map<std::string, std::optional<VariableValue>> before_;
};

}  // namespace rpcctl
