// Colours .proto text for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// Appends `proto`, the text of a .proto file or a part of one, with keywords, built-in types, strings,
// numbers and comments each in a colour of their own. Each line has its own escapes, so that a pager may
// start anywhere. Nothing else changes, also where `proto` is not well-formed.
void AppendColouredProto(std::string_view proto, std::string& out);

}  // namespace rpcctl
