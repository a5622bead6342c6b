// The command line of rpcctl-reference-server.
#pragma once

#include <string>
#include <variant>

#include "reference_server/server.h"

namespace rpcctl::reference {

// What to print instead of serving: the help, the version (code 0, for stdout) or what is wrong with the
// command line (code 2, for stderr). The text ends with a newline.
struct Refusal {
  int code = 0;
  std::string text;
};

// Reads `argv`, whose first word is the program's name.
std::variant<ServerOptions, Refusal> ReadFlags(int argc, const char* const* argv);

}  // namespace rpcctl::reference
