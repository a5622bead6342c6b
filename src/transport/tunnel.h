// Asks an HTTP proxy to connect to a server (CONNECT, RFC 9110, section 9.3.6).
#pragma once

#include <cstddef>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "transport/proxy.h"
#include "transport/target.h"

namespace rpcctl {

// `descriptor` is a socket that is connected to `proxy` and does not block. When this returns, the socket
// leads to `target`, whose name the proxy looked up; the result is the number of bytes that the proxy
// answered, and what comes after them is the server's. Ends at `until`, or when `interrupt` becomes readable
// (-1 for none). Errors are kConnect and never hold credentials.
Result<size_t> OpenTunnel(int descriptor, const Proxy& proxy, const Target& target,
                          std::string_view user_agent, TimePoint until, int interrupt);

}  // namespace rpcctl
