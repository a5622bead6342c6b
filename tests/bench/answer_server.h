// A gRPC server that is no bottleneck for calls: one thread, which waits for nothing but its clients.
#pragma once

#include "tests/bench/method.h"

namespace rpcctl::bench {

// Serves every connection of this listening socket, which must not block, side by side. Returns only where
// the system fails; errno says why.
void ServeMethods(int listening, const Methods& methods);

}  // namespace rpcctl::bench
