// Finds escapes in protobuf's text format that stand for no character.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace rpcctl {

// The first \uXXXX or \UXXXXXXXX in a string of `document` that is a surrogate (half of what UTF-16 makes of
// some characters) or lies beyond U+10FFFF; a view into the document. protobuf 3.21's parser takes these, and
// makes something else of them than newer ones and other languages do. `document` is one that it takes.
std::optional<std::string_view> FindBadEscape(std::string_view document);

}  // namespace rpcctl
