#include "completion/escapes.h"

#include <cstdint>
#include <utility>

namespace rpcctl {
namespace {

constexpr std::pair<char, char> kLetters[] = {{'a', '\a'},   {'b', '\b'}, {'e', '\x1b'},
                                              {'E', '\x1b'}, {'f', '\f'}, {'n', '\n'},
                                              {'r', '\r'},   {'t', '\t'}, {'v', '\v'}};

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

struct Number {
  uint32_t value = 0;
  size_t digits = 0;
};

Number ReadNumber(std::string_view text, uint32_t base, size_t most) {
  Number number;
  while (number.digits < most && number.digits < text.size()) {
    const int digit = DigitValue(text[number.digits]);
    if (digit >= static_cast<int>(base)) break;
    number.value = number.value * base + static_cast<uint32_t>(digit);
    ++number.digits;
  }
  return number;
}

void AppendByte(uint32_t byte, std::string& text) {
  if (const auto c = static_cast<char>(byte & 0xFF); c != '\0') text += c;
}

// What is no character is left out.
void AppendCodePoint(uint32_t code, std::string& text) {
  if (code < 0x80) return AppendByte(code, text);
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return;
  if (code < 0x800) {
    AppendByte(0xC0 | (code >> 6), text);
  } else if (code < 0x10000) {
    AppendByte(0xE0 | (code >> 12), text);
    AppendByte(0x80 | ((code >> 6) & 0x3F), text);
  } else {
    AppendByte(0xF0 | (code >> 18), text);
    AppendByte(0x80 | ((code >> 12) & 0x3F), text);
    AppendByte(0x80 | ((code >> 6) & 0x3F), text);
  }
  AppendByte(0x80 | (code & 0x3F), text);
}

// `skip` bytes stand before the digits.
template <typename Append>
size_t TakeNumber(std::string_view rest, size_t skip, uint32_t base, size_t most, std::string& text,
                  Append append) {
  const Number number = ReadNumber(rest.substr(skip), base, most);
  if (number.digits == 0) return 0;
  append(number.value, text);
  return skip + number.digits;
}

}  // namespace

size_t AppendEscape(std::string_view rest, std::string& text) {
  if (rest.empty()) return 0;
  for (const auto& [letter, meaning] : kLetters) {
    if (rest[0] != letter) continue;
    text += meaning;
    return 1;
  }
  switch (rest[0]) {
    case 'x':
    case 'X':
      return TakeNumber(rest, 1, 16, 2, text, AppendByte);
    case 'u':
      return TakeNumber(rest, 1, 16, 4, text, AppendCodePoint);
    case 'U':
      return TakeNumber(rest, 1, 16, 8, text, AppendCodePoint);
    case 'c':
      if (rest.size() < 2) return 0;
      AppendByte(static_cast<uint32_t>(rest[1]) & 0x1F, text);
      return 2;
    default:
      return TakeNumber(rest, 0, 8, 3, text, AppendByte);
  }
}

}  // namespace rpcctl
