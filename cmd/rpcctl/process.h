// The program as a process: what every executable of it does in its `main`.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "cmd/rpcctl/abilities.h"
#include "cmd/rpcctl/transport_kind.h"

namespace rpcctl {

// Makes this process another program, whose transport is `name`; returns only when that failed, and why.
using BecomeOther = std::function<Error(std::string_view name)>;

// Runs the command line over this process's streams and environment, through `transport`, and ends the
// process with its exit code or signal. That descriptors 0 to 2 are open is seen to before main.
[[noreturn]] void RunProcess(int argc, char** argv, const TransportKind& transport, BecomeOther become,
                             Abilities abilities);

}  // namespace rpcctl
