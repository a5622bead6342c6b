// What a report leaves out of what it tells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/duration.h"

namespace rpcctl {

// Of a message, a value or a line of a script.
constexpr size_t kMostBytesTold = 2048;

// The beginning of `text`, cut at a character and ended with "..." where something was left out. Not safe to
// show.
std::string Shortened(std::string_view text);

// As a person reads it: three digits are enough of what was measured.
std::string RoundedDuration(Duration duration);

}  // namespace rpcctl
