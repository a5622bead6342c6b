// The hidden command that shells' completion scripts run: rpcctl __complete SHELL LINE.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cmd/rpcctl/surroundings.h"

namespace rpcctl {

constexpr std::string_view kCompleteCommand = "__complete";

// `words` are the shell's name and its line up to the cursor. Writes the answer (completion/answer.h) to
// standard output and nothing anywhere else; never fails: whatever goes wrong, and for a shell it does not
// know, there is nothing to complete, and ":" is all of the answer.
void RunCompleteCommand(std::span<const std::string> words, Surroundings& around);

}  // namespace rpcctl
