// Colours a finished JSON document for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// Appends `json`, compact or indented, with names, strings, numbers, and true, false and null each in a
// colour of their own; punctuation keeps the terminal's. Nothing else changes, also where `json` is not
// well-formed.
void AppendColoured(std::string_view json, std::string& out);

}  // namespace rpcctl
