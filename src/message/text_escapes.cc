#include "message/text_escapes.h"

#include <charconv>
#include <cstdint>

namespace rpcctl {
namespace {

constexpr size_t kShort = 6;  // \uXXXX
constexpr size_t kLong = 10;  // \UXXXXXXXX

bool IsCharacter(uint32_t code) {
  return code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
}

// Whether `escape`, which begins with a backslash, is one of a character that there is, or of another kind.
bool IsGood(std::string_view escape) {
  uint32_t code = 0;
  const auto digits = escape.substr(2);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  return read.ptr == digits.data() || IsCharacter(code);
}

// Behind the string whose opening quote stands at `at`; sets `bad` when there is a bad escape in it.
size_t SkipString(std::string_view document, size_t at, std::optional<std::string_view>& bad) {
  const char quote = document[at++];
  for (; at < document.size() && document[at] != quote; ++at) {
    if (document[at] != '\\') continue;
    const std::string_view rest = document.substr(at);
    const bool is_long = rest.starts_with("\\U");
    const std::string_view escape = rest.substr(0, is_long ? kLong : kShort);
    if ((is_long || rest.starts_with("\\u")) && !IsGood(escape)) {
      bad = escape;
      return document.size();
    }
    ++at;
  }
  return at + 1;
}

}  // namespace

std::optional<std::string_view> FindBadEscape(std::string_view document) {
  std::optional<std::string_view> bad;
  size_t at = document.find_first_of("\"'#");
  while (at < document.size()) {
    const bool is_comment = document[at] == '#';
    at = is_comment ? document.find('\n', at) : SkipString(document, at, bad);
    if (at < document.size()) at = document.find_first_of("\"'#", at);
  }
  return bad;
}

}  // namespace rpcctl
