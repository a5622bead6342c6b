// Outcome<T>: a value, or the sentence that says why there is none.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace rpcctl::reference {

// Why something could not be done: what, where and what was expected, without a trailing period.
struct Failure {
  std::string text;
};

// Holds a T or a Failure. Test it before use: `if (!outcome) return outcome.failure();`
template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Outcome(Failure failure) : state_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const Failure& failure() const { return std::get<1>(state_); }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace rpcctl::reference
