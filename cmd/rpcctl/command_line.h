// Turns the words of a command line into Flags; the only place that knows CLI11.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "cmd/rpcctl/flags.h"

namespace rpcctl {

// `words` without the program's name. Errors are kUsage, with the nearest option or command as hint.
Result<Flags> ParseCommandLine(std::span<const std::string> words);

}  // namespace rpcctl
