#include "message/json_string.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

constexpr bool IsPlain(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

// How many bytes at the front stand for themselves; every other one needs a look. Eight at a time: a byte of
// `found` has its high bit set where that of `bytes` is not plain, exactly so up to the first of them.
size_t PlainPrefix(std::string_view text) {
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = kOnes * 0x80;
  const auto zeros = [](uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  size_t length = 0;
  for (; length + 8 <= text.size(); length += 8) {
    uint64_t bytes;
    std::memcpy(&bytes, text.data() + length, sizeof bytes);
    const uint64_t control = (bytes - kOnes * 0x20) & ~bytes;
    const uint64_t found = (bytes | control | zeros(bytes ^ kOnes * '"') | zeros(bytes ^ kOnes * '\\') |
                            zeros(bytes ^ kOnes * 0x7F)) &
                           kHighBits;
    if (found != 0) return length + static_cast<size_t>(std::countr_zero(found)) / 8;
  }
  while (length < text.size() && IsPlain(text[length])) ++length;
  return length;
}

template <typename Text>
void AppendUnit(uint32_t unit, Text& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[unit >> shift & 0xF];
}

template <typename Text>
void AppendUnicodeEscape(uint32_t code_point, Text& out) {
  if (code_point < 0x10000) return AppendUnit(code_point, out);
  AppendUnit(0xD800 + ((code_point - 0x10000) >> 10), out);
  AppendUnit(0xDC00 + ((code_point - 0x10000) & 0x3FF), out);
}

char ShortEscape(uint32_t code_point) {
  switch (code_point) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

template <typename Text>
void AppendCharacter(std::string_view character, Text& out) {
  const uint32_t code_point = DecodeUtf8(character);
  if (const char letter = ShortEscape(code_point)) {
    out += '\\';
    out += letter;
  } else if (IsUnsafeCharacter(code_point)) {
    AppendUnicodeEscape(code_point, out);
  } else {
    out += character;
  }
}

enum class Invalid { kReplace, kRefuse };

template <typename Text>
bool AppendString(std::string_view text, Invalid invalid, Text& out) {
  out += '"';
  while (true) {
    const size_t plain = PlainPrefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t length = Utf8CharacterLength(text);
    if (length > 0) {
      AppendCharacter(text.substr(0, length), out);
    } else if (invalid == Invalid::kReplace) {
      AppendUnicodeEscape(kReplacement, out);
    } else {
      return false;
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
  return true;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  AppendString(text, Invalid::kReplace, out);
}

void AppendJsonString(std::string_view text, TextBuffer& out) {
  AppendString(text, Invalid::kReplace, out);
}

bool AppendValidJsonString(std::string_view text, TextBuffer& out) {
  return AppendString(text, Invalid::kRefuse, out);
}

}  // namespace rpcctl
