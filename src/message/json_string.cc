#include "message/json_string.h"

#include <array>
#include <cstdint>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

constexpr std::array<bool, 256> PlainBytes() {
  std::array<bool, 256> plain{};
  for (size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = true;
  plain['"'] = false;
  plain['\\'] = false;
  return plain;
}

// The bytes that stand for themselves; every other one needs a look.
constexpr std::array<bool, 256> kPlain = PlainBytes();

size_t PlainPrefix(std::string_view text) {
  size_t length = 0;
  while (length < text.size() && kPlain[static_cast<uint8_t>(text[length])]) ++length;
  return length;
}

void AppendUnit(uint32_t unit, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[unit >> shift & 0xF];
}

void AppendUnicodeEscape(uint32_t code_point, std::string& out) {
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

void AppendCharacter(std::string_view character, std::string& out) {
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

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  while (true) {
    const size_t plain = PlainPrefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t length = Utf8CharacterLength(text);
    if (length == 0) {
      AppendUnicodeEscape(kReplacement, out);
    } else {
      AppendCharacter(text.substr(0, length), out);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
}

}  // namespace rpcctl
