// What is wrong with a script, and where in it.
#pragma once

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

// All that is wrong with one script, in the order in which it was found.
class ScriptErrors final {
 public:
  void Add(TextPosition place, Error error) { errors_.push_back({place, std::move(error)}); }
  // A mistake in the script itself, kUsage.
  void Add(TextPosition place, std::string message, std::string hint = {}) {
    Add(place, Error{ErrorKind::kUsage, std::move(message), std::move(hint)});
  }
  bool empty() const { return errors_.empty(); }
  const std::vector<ScriptError>& list() const { return errors_; }

  // Sorts them by their places: what is found first need not stand first.
  void Sort();

 private:
  std::vector<ScriptError> errors_;
};

// "smoke.rpc:3:12": as compilers name a place, so that editors find it. Safe to show.
std::string PlaceText(std::string_view file, TextPosition place);

}  // namespace rpcctl
