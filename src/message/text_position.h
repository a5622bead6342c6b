// A place in a text, as people count: lines and columns from 1.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rpcctl {

struct TextPosition {
  size_t line = 1;
  size_t column = 1;  // in characters (code points), not bytes
};

// Where the byte at `offset` of `text` stands when the first byte stands at `start`. Takes time linear in
// `offset`.
TextPosition PositionAt(std::string_view text, size_t offset, TextPosition start = {});

// "line 2, column 5".
std::string FormatPosition(TextPosition position);

}  // namespace rpcctl
