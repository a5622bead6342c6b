// How much of a text a report tells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rpcctl {

// Of a message, a value or a line of a script.
constexpr size_t kMostBytesTold = 2048;

// The beginning of `text`, cut at a character and ended with "..." where something was left out. Not safe to
// show.
std::string Shortened(std::string_view text);

}  // namespace rpcctl
