#include "script/script_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

bool StandsBefore(TextPosition a, TextPosition b) {
  return std::tuple(a.line, a.column) < std::tuple(b.line, b.column);
}

}  // namespace

void ScriptErrors::Add(TextPosition place, Error error) {
  ++count_;
  if (error.kind == ErrorKind::kInput) ++of_input_;
  const bool is_mistake = error.kind == ErrorKind::kUsage || error.kind == ErrorKind::kInput;
  if (!is_mistake && !failure_) failure_ = error;
  Keep({place, std::move(error)});
}

void ScriptErrors::Add(const ScriptErrors& others) {
  for (const ScriptError& error : others.errors_) Keep(error);
  count_ += others.count_;
  of_input_ += others.of_input_;
  if (!failure_) failure_ = others.failure_;
}

// In place of the one that stands last, where there is no room; of two at one place the first that was found
// stays.
void ScriptErrors::Keep(ScriptError error) {
  if (errors_.size() == kMostKept) {
    if (!StandsBefore(error.place, last_)) return;
    const auto stands_last = [this](const ScriptError& kept) { return !StandsBefore(kept.place, last_); };
    errors_.erase(std::prev(std::find_if(errors_.rbegin(), errors_.rend(), stands_last).base()));
  }
  errors_.push_back(std::move(error));
  if (errors_.size() < kMostKept) return;
  last_ = std::ranges::max_element(errors_, StandsBefore, &ScriptError::place)->place;
}

void ScriptErrors::Sort() {
  std::ranges::stable_sort(errors_, StandsBefore, &ScriptError::place);
}

std::string PlaceText(std::string_view file, TextPosition place) {
  return fmt::format("{}:{}:{}", SafeText(file), place.line, place.column);
}

}  // namespace rpcctl
