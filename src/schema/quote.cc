#include "schema/quote.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

void AppendOctal(std::string_view bytes, std::string& literal) {
  for (const char byte : bytes) {
    fmt::format_to(std::back_inserter(literal), "\\{:03o}", static_cast<uint8_t>(byte));
  }
}

void AppendAscii(char c, std::string& literal) {
  if (c == '"' || c == '\\') {
    literal.append("\\").push_back(c);
  } else if (c == '\n') {
    literal += "\\n";
  } else if (c == '\t') {
    literal += "\\t";
  } else if (c >= ' ' && c <= '~') {
    literal += c;
  } else {
    AppendOctal({&c, 1}, literal);
  }
}

}  // namespace

std::string QuoteText(std::string_view text) {
  std::string literal = "\"";
  while (!text.empty()) {
    const size_t length = Utf8CharacterLength(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    if (length <= 1) {
      AppendAscii(character.front(), literal);
    } else if (SafeText(character) == character) {
      literal += character;
    } else {
      AppendOctal(character, literal);
    }
    text.remove_prefix(character.size());
  }
  return literal + "\"";
}

std::string QuoteBytes(std::string_view bytes) {
  std::string literal = "\"";
  for (const char byte : bytes) AppendAscii(byte, literal);
  return literal + "\"";
}

}  // namespace rpcctl
