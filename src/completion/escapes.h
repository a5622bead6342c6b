// The escapes that a shell reads behind a backslash.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rpcctl {

// The escape whose letter, behind the backslash, `rest` begins with: n t x41 101 u00e4 U0001f600 cX and the
// other letters of $'...'. Appends what it means, in UTF-8, to `text`; returns how many bytes of `rest` it
// takes: 0 where it is no such escape, and at the end. A NUL is left out, since no word can hold it.
size_t AppendEscape(std::string_view rest, std::string& text);

}  // namespace rpcctl
