// A listening socket on loopback for tests that need a peer which does nothing, or only what the test says.
#pragma once

#include <cstdint>

#include "transport/socket.h"

namespace rpcctl::testing {

// Listens on 127.0.0.1 at a free port. `backlog` as in listen(2).
class Listener final {
 public:
  explicit Listener(int backlog = 8);
  uint16_t port() const { return port_; }
  // Takes the next connection; waits for it. None once another thread has shut the descriptor down.
  Socket Accept();
  int descriptor() const { return socket_.descriptor(); }
  // Stops listening: connections are refused from now on.
  void Close() { socket_ = Socket(); }

 private:
  Socket socket_;
  uint16_t port_ = 0;
};

}  // namespace rpcctl::testing
