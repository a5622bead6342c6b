// Makes the connection to a server: every address tried, the first that answers wins, every failure told with
// its cause.
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "transport/socket.h"
#include "transport/socket_address.h"
#include "transport/target.h"

namespace rpcctl {

// A connected, non-blocking stream socket to `target` at one of its `addresses` (at least one). They are
// tried in their order, the next one as soon as the last failed, or beside it after 250 ms without an answer
// (RFC 8305, section 5). Messages call the target by its name. Ends at `until`, or when the descriptor
// `interrupt` becomes readable (-1 for none). Errors are kConnect, with the cause of each address.
Result<Socket> Dial(const Target& target, std::vector<SocketAddress> addresses, TimePoint until,
                    int interrupt);

// The address that a connected socket leads to, as SocketAddress names it; empty where the kernel does not
// tell.
std::string PeerName(int descriptor);

}  // namespace rpcctl
