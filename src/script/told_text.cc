#include "script/told_text.h"

namespace rpcctl {

std::string Shortened(std::string_view text) {
  if (text.size() <= kMostBytesTold) return std::string(text);
  size_t end = kMostBytesTold;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // inside a character
  return std::string(text.substr(0, end)) + "...";
}

std::string RoundedDuration(Duration duration) {
  constexpr auto kMillisecond = std::chrono::milliseconds(1);
  if (duration < kMillisecond)
    return FormatDuration(std::chrono::duration_cast<std::chrono::microseconds>(duration));
  return FormatDuration(duration < 100 * kMillisecond
                            ? Duration(std::chrono::round<std::chrono::microseconds>(duration) / 100 * 100)
                            : Duration(std::chrono::round<std::chrono::milliseconds>(duration)));
}

}  // namespace rpcctl
