// Reaches a target as the program does: its addresses first, then the one that answers.
#pragma once

#include <utility>
#include <vector>

#include "transport/dial.h"
#include "transport/resolve.h"

namespace rpcctl::testing {

// A connected socket, as Dial has it; names are those of the system.
inline Result<Socket> DialTarget(const Target& target, TimePoint until, int interrupt) {
  Result<std::vector<SocketAddress>> addresses = Resolve(target, LookUpName, until, interrupt);
  if (!addresses) return addresses.error();
  return Dial(target, std::move(*addresses), until, interrupt);
}

}  // namespace rpcctl::testing
