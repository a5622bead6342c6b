#include "transport/h2/percent_text.h"

#include <charconv>

namespace rpcctl {

std::string DecodePercent(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const bool may_escape = text[i] == '%' && i + 2 < text.size();
    const char* digits = text.data() + i + 1;
    if (may_escape && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      decoded += static_cast<char>(byte);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace rpcctl
