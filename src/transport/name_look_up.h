// Host names, by the system's name service.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "transport/socket_address.h"

namespace rpcctl {

// The addresses of a host and a port, the two families in turn (RFC 8305, section 4); at least one. `host` is
// a name or an address in any spelling the system takes. Ends when `until` has passed or `interrupt` becomes
// readable (-1 for none). Errors are kConnect.
using NameLookUp = Result<std::vector<SocketAddress>> (*)(const std::string& host, uint16_t port,
                                                          TimePoint until, int interrupt);

// The one there is: getaddrinfo, on a thread of its own for what may take long. Handed to those who look
// names up, not called by them, since what loads name services cannot be linked statically.
Result<std::vector<SocketAddress>> LookUpName(const std::string& host, uint16_t port, TimePoint until,
                                              int interrupt);

}  // namespace rpcctl
