#include "script/failure_text.h"

#include <fmt/format.h>

#include "base/safe_text.h"
#include "script/script_error.h"

namespace rpcctl {

std::string FailureText(std::string_view file, const Failure& failure) {
  const std::string line = fmt::format("{}: {}", PlaceText(file, failure.place), SafeText(failure.line));
  if (failure.expected.empty()) return line + ": " + SafeText(failure.actual);
  return fmt::format("{}: expected {}, actual {}", line, SafeText(failure.expected),
                     SafeText(failure.actual));
}

std::string FileErrorText(const Error& error) {
  if (error.hint.empty()) return SafeText(error.message);
  return SafeText(error.message) + "; " + SafeText(error.hint);
}

}  // namespace rpcctl
