// A gRPC server that is no bottleneck: it answers every call in the same way, with frames made beforehand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rpcctl::bench {

// What every call is answered with.
struct Answer {
  std::vector<std::string> messages;  // sent over and over, one a frame, as most servers do
  uint64_t count = 0;                 // how many are sent, once the request has ended
};

// Serves one connection, call after call, until the peer closes it. Whatever the requests hold is taken and
// thrown away. Owns `descriptor`.
void ServeConnection(int descriptor, const Answer& answer);

// The other side of the measure: makes one call to 127.0.0.1:`port` and throws away what comes, as fast as it
// comes. Returns the bytes that came; 0 when there is no server.
uint64_t Drain(uint16_t port);

}  // namespace rpcctl::bench
