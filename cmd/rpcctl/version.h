// Which program this is, and what it is built from.
#pragma once

#include <string>

#include "cmd/rpcctl/surroundings.h"

namespace rpcctl {

// What servers are told: "rpcctl/0.1.0".
std::string UserAgent();

// The program's version and those of the libraries it stands on, a line each.
std::string VersionText(const Surroundings& around);

}  // namespace rpcctl
