// JSON string literals of text that may hold anything.
#pragma once

#include <string>
#include <string_view>

#include "message/text_buffer.h"

namespace rpcctl {

// Appends `text` in quotes. Control, bidirectional, zero-width and other invisible characters become \u
// escapes (a pair of them beyond U+FFFF), other characters stay as they are, and each byte that is not UTF-8
// becomes \ufffd: what is appended is valid UTF-8 on one line, and safe on a terminal.
void AppendJsonString(std::string_view text, std::string& out);

void AppendJsonString(std::string_view text, TextBuffer& out);

// The same for text that has to be UTF-8: false when it is not, with whatever behind the end of `out`.
bool AppendValidJsonString(std::string_view text, TextBuffer& out);

}  // namespace rpcctl
