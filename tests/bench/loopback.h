// The listening sockets of the benchmark's servers: on loopback, at a free port.
#pragma once

#include <cstdint>

namespace rpcctl::bench {

struct Listening {
  int descriptor;  // -1 where that failed: errno says why
  uint16_t port;
};

// Listens on 127.0.0.1. `flags` as in socket(2).
Listening Listen(int flags = 0);

// The next connection, which sends what it is given at once; -1 where there is none. `flags` as in
// accept4(2).
int Accept(int listening, int flags = 0);

}  // namespace rpcctl::bench
