// Turns a target into the socket addresses to try.
#pragma once

#include <sys/socket.h>

#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "transport/target.h"

namespace rpcctl {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  // "127.0.0.1:50051", "[::1]:50051", "unix:/path".
  std::string Name() const;
};

// The addresses of `target` in the order to try them, the two families in turn (RFC 8305, section 4); at
// least one. "localhost" and the names below it are the loopback addresses, whatever a resolver would say
// (RFC 6761), because they are trusted without TLS. Looking a name up ends when `until` has passed or
// `interrupt` becomes readable (-1 for none). Errors are kConnect.
Result<std::vector<SocketAddress>> Resolve(const Target& target, TimePoint until, int interrupt);

}  // namespace rpcctl
