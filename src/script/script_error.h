// What is wrong with a script, and where in it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "message/text_position.h"

namespace rpcctl {

struct ScriptError {
  TextPosition place;  // of the first character of what is wrong
  Error error;
};

// All that is wrong with one script, in the order in which it was found. Of very many only those are kept
// that stand first in it, and the others are counted.
class ScriptErrors final {
 public:
  static constexpr size_t kMostKept = 100;

  void Add(TextPosition place, Error error);
  // A mistake in the script itself, kUsage.
  void Add(TextPosition place, std::string message, std::string hint = {}) {
    Add(place, Error{ErrorKind::kUsage, std::move(message), std::move(hint)});
  }
  // All of `others`, behind these.
  void Add(const ScriptErrors& others);
  bool empty() const { return count_ == 0; }
  // Of all, also those that were not kept.
  size_t count() const { return count_; }
  size_t others() const { return count_ - errors_.size(); }
  bool only_of_input() const { return count_ == of_input_; }
  // The first that was found which is no mistake in the script, such as that no server answers; kept or not.
  const std::optional<Error>& failure() const { return failure_; }
  // Those that are kept.
  const std::vector<ScriptError>& list() const { return errors_; }

  // Sorts them by their places: what is found first need not stand first.
  void Sort();

 private:
  void Keep(ScriptError error);

  std::vector<ScriptError> errors_;
  TextPosition last_;  // the last place of those that are kept, once there are as many as may be
  size_t count_ = 0;
  size_t of_input_ = 0;  // those that are kInput
  std::optional<Error> failure_;
};

// "smoke.rpc:3:12": as compilers name a place, so that editors find it. Safe to show.
std::string PlaceText(std::string_view file, TextPosition place);

}  // namespace rpcctl
