// Result<T>: a value or the one Error that explains why there is none.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace rpcctl {

// What sort of failure it is; cmd/rpcctl/exit_code.cc turns it into the process's exit code.
enum class ErrorKind {
  kInternal,     // a defect of rpcctl itself
  kUsage,        // flags, unknown command, ambiguous or malformed method name
  kInput,        // request data is wrong, or a local file cannot be read; nothing was sent
  kSchema,       // the schema cannot be had, or a symbol is not in it
  kConnect,      // no connection; nothing of the call reached the server
  kTls,          // TLS could not be agreed on; nothing of the call was processed
  kOutput,       // output could not be written
  kExpectation,  // an expectation did not hold
  kStatus,       // an RPC that served another purpose (reflection) ended with Error::status
};

// A failure on its way to the user. `message` says what, where and what was expected, without a trailing
// period; `hint` says what to do about it and may be empty or hold several lines.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  std::string hint = {};
  int status = 0;  // the gRPC status code (1 to 16); only with kStatus
};

// Holds a T, or the Error that prevented it. Test it before use: `if (!result) return result.error();`
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// Success, or the Error that prevented it: `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return !error_.has_value(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace rpcctl
