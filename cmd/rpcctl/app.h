// The program as a function: words in, streams and an exit code out.
#pragma once

#include <span>
#include <string>

#include "cmd/rpcctl/surroundings.h"

namespace rpcctl {

// Runs one command line (`words` without the program's name). The only place that prints an error and decides
// an exit code. Both outputs are flushed.
RunResult Run(std::span<const std::string> words, Surroundings& around);

}  // namespace rpcctl
