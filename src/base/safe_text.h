// Makes text that someone else controls safe to show on a terminal or in a log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rpcctl {

// `text` with every byte that could move a cursor, hide or reorder text replaced by a visible escape: control
// characters, DEL and C1 (`\x1b`, `\u009b`), bidirectional and zero-width characters (`\u202e`), line and
// paragraph separators, and bytes that are not UTF-8 (`\xff`). Newline and tab become `\n` and `\t`; a
// backslash stays as it is, so the function is idempotent. What comes out is valid UTF-8 on one line.
std::string SafeText(std::string_view text);

// As SafeText, but keeps newlines, for text of several lines such as comments.
std::string SafeLines(std::string_view text);

// SafeText of at most the first `limit` bytes, cut at a character and ended with "..." where something was
// left out.
std::string SafeExcerpt(std::string_view text, size_t limit);

// The number of bytes of the well-formed UTF-8 character (RFC 3629) that `text` begins with; 0 when it is
// malformed or empty.
size_t Utf8CharacterLength(std::string_view text);

// The code point of `character`, which is one well-formed UTF-8 character.
uint32_t DecodeUtf8(std::string_view character);

// Whether `code_point` is a control character, invisible, or changes how its neighbours are shown: what
// SafeText escapes.
bool IsUnsafeCharacter(uint32_t code_point);

// Where the first byte stands that is not valid UTF-8; npos when all is.
size_t FindInvalidUtf8(std::string_view text);

}  // namespace rpcctl
