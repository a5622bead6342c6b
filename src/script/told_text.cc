#include "script/told_text.h"

namespace rpcctl {

std::string Shortened(std::string_view text) {
  if (text.size() <= kMostBytesTold) return std::string(text);
  size_t end = kMostBytesTold;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // inside a character
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace rpcctl
