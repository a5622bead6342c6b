// Help for people, written from the command table.
#pragma once

#include <span>
#include <string>

#include "cmd/rpcctl/command_table.h"

namespace rpcctl {

// What the program is, its commands, where to go on.
std::string ProgramHelp(std::span<const CommandRow> commands);

// What every option of the connection does, as the rows of any connecting command have them.
std::string ConnectionHelp(const CommandRow& command);

// How one command is used: its words, its options by group, and examples.
std::string CommandHelp(const CommandRow& command);

}  // namespace rpcctl
