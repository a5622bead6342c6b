// Turns a target into the socket addresses to try.
#pragma once

#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "transport/name_look_up.h"
#include "transport/socket_address.h"
#include "transport/target.h"

namespace rpcctl {

// Whether only a name service knows the addresses of `target`: they are neither written out, in one of the
// usual spellings, nor those of loopback, nor a Unix socket's.
bool NeedsLookUp(const Target& target);

// The addresses of `target` in the order to try them; at least one. "localhost" and the names below it are
// the loopback addresses, whatever a resolver would say (RFC 6761), because they are trusted without TLS.
// `look_up` is asked for all that NeedsLookUp (null: that is an error), with `until` and `interrupt`. Errors
// are kConnect.
Result<std::vector<SocketAddress>> Resolve(const Target& target, NameLookUp look_up, TimePoint until,
                                           int interrupt);

}  // namespace rpcctl
