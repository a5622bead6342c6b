#include "message/text_position.h"

#include <algorithm>

#include <fmt/format.h>

namespace rpcctl {
namespace {

// Every byte but those that continue a character of UTF-8.
size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

TextPosition PositionAt(std::string_view text, size_t offset, TextPosition start) {
  const std::string_view before = text.substr(0, offset);
  // Asked for each document of a stream: most have no line break.
  if (before.find('\n') == std::string_view::npos)
    return {start.line, start.column + CountCharacters(before)};
  const size_t line_break = before.rfind('\n');
  const auto breaks = static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
  return {start.line + breaks, 1 + CountCharacters(before.substr(line_break + 1))};
}

std::string FormatPosition(TextPosition position) {
  return fmt::format("line {}, column {}", position.line, position.column);
}

}  // namespace rpcctl
