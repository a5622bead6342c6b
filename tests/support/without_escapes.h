// Takes a terminal's colours out of text.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// `text` without its ESC [ ... m sequences.
inline std::string WithoutEscapes(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (text.starts_with("\x1b[")) {
      text.remove_prefix(text.find('m') + 1);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

}  // namespace rpcctl
