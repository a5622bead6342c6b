// Writes what came into the expectations of a script that did not hold.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rpcctl {

// The value behind "==" in a line, counted from 1, becomes `word`, which is ready to stand there.
struct LineUpdate {
  size_t line = 0;
  std::string word;
};

struct UpdatedScript {
  std::string text;
  std::string diff;  // of the lines that changed, as "diff -U0" has it, safe to show; empty where none did
};

// `name` is how the diff calls the file. A line without "==" stays as it is, as do all others, their ends
// included.
UpdatedScript UpdateScript(std::string_view name, std::string_view text, std::span<const LineUpdate> updates);

}  // namespace rpcctl
