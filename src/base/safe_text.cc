#include "base/safe_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <iterator>

namespace rpcctl {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Characters that are invisible or change how their neighbours are shown (Unicode 15, Cf and Zl/Zp), in
// order.
constexpr Range kUnsafe[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

enum class Newline { kEscape, kKeep };

void AppendSafe(std::string_view character, Newline newline, std::string& out) {
  const uint32_t code = DecodeUtf8(character);
  if (code == '\n' && newline == Newline::kKeep) {
    out += '\n';
  } else if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (!IsUnsafeCharacter(code)) {
    out += character;
  } else if (code < 0x80) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", code);
  } else if (code < 0x10000) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
  } else {
    fmt::format_to(std::back_inserter(out), "\\U{:08x}", code);
  }
}

std::string Escape(std::string_view text, Newline newline) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    size_t length = Utf8CharacterLength(text);
    if (length == 0) {
      length = 1;
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<uint8_t>(text[0]));
    } else {
      AppendSafe(text.substr(0, length), newline, out);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

std::string SafeText(std::string_view text) {
  return Escape(text, Newline::kEscape);
}

std::string SafeLines(std::string_view text) {
  return Escape(text, Newline::kKeep);
}

std::string SafeExcerpt(std::string_view text, size_t limit) {
  if (text.size() <= limit) return SafeText(text);
  // Back to the beginning of a character, so that a cut one is not shown as invalid bytes.
  size_t end = limit;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return SafeText(text.substr(0, end)) + "...";
}

size_t Utf8CharacterLength(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const auto continues = [&](size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;  // a continuation byte, an overlong form, or beyond U+10FFFF
  if (!continues(1)) return 0;
  if (lead < 0xE0) return 2;
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
  if (lead == 0xED && byte(1) > 0x9F) return 0;  // a surrogate
  if (!continues(2)) return 0;
  if (lead < 0xF0) return 3;
  if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // beyond U+10FFFF
  return continues(3) ? 4 : 0;
}

uint32_t DecodeUtf8(std::string_view character) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(character[i]); };
  switch (character.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
    case 3:
      return (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    default:
      return (byte(0) & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
  }
}

bool IsUnsafeCharacter(uint32_t code_point) {
  for (const Range& range : kUnsafe) {
    if (code_point <= range.last) return code_point >= range.first;
  }
  return false;
}

size_t FindInvalidUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = Utf8CharacterLength(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace rpcctl
