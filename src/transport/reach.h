// Makes the connection to a server, directly or through a proxy: what every transport begins with.
#pragma once

#include <cstddef>
#include <memory>

#include "base/duration.h"
#include "base/result.h"
#include "transport/connection_phases.h"
#include "transport/socket.h"
#include "transport/tls_connection.h"
#include "transport/transport.h"

namespace rpcctl {

struct Reached {
  Socket socket;                       // connected, not blocking; none where `tls` has it
  std::unique_ptr<TlsConnection> tls;  // null for plaintext
  ConnectionPhases phases;
  size_t proxy_bytes = 0;  // received on the socket, and taken, before anything of the server's

  int descriptor() const { return tls ? tls->descriptor() : socket.descriptor(); }
};

// Connects to the target of `options`: dials it, or its proxy, which then looks up the target's name, shakes
// hands where there is TLS, and tells `on_connected`. Ends at `until`, or when the descriptor that interrupts
// becomes readable. Errors are kConnect, of TLS kTls.
Result<Reached> Reach(const TransportOptions& options, TimePoint until);

// The same without TLS, and without a word to `on_connected`: for what only looks at a peer.
Result<Reached> ReachPlainly(const TransportOptions& options, TimePoint until);

}  // namespace rpcctl
