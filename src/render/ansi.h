// The colours of the terminal that documents are shown in.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl::ansi {

// The sixteen basic colours only: the user's terminal theme decides how they look.
inline constexpr std::string_view kReset = "\x1b[0m";
inline constexpr std::string_view kDim = "\x1b[2m";
inline constexpr std::string_view kRed = "\x1b[31m";
inline constexpr std::string_view kGreen = "\x1b[32m";
inline constexpr std::string_view kYellow = "\x1b[33m";
inline constexpr std::string_view kBlue = "\x1b[34m";
inline constexpr std::string_view kMagenta = "\x1b[35m";
inline constexpr std::string_view kCyan = "\x1b[36m";
inline constexpr std::string_view kBoldBlue = "\x1b[1;34m";

// Appends `text` in `colour`; as it is when `colour` is empty.
inline void AppendIn(std::string_view colour, std::string_view text, std::string& out) {
  if (colour.empty()) {
    out += text;
    return;
  }
  out.append(colour).append(text).append(kReset);
}

}  // namespace rpcctl::ansi
