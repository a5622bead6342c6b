// Errors about the value of an option.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "base/result.h"

namespace rpcctl {

// The same error with the option it is about in front.
inline Error AboutOption(std::string_view option, const Error& error) {
  return {error.kind, fmt::format("{}: {}", option, error.message), error.hint};
}

inline Error ExcludeEachOther(std::string_view one, std::string_view other, std::string_view hint) {
  return {ErrorKind::kUsage, fmt::format("{} and {} exclude each other", one, other), std::string(hint)};
}

}  // namespace rpcctl
