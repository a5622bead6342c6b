// Finds out why a peer broke off a plaintext HTTP/2 connection before it said anything of use.
#pragma once

#include <optional>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "transport/transport.h"

namespace rpcctl {

// Reaches for the target of `options` again, by the same way, and looks at the first bytes that come back:
// first to the beginning of HTTP/2, then, where that does not settle it, to that of TLS. No request is sent.
// The kConnect error that tells what the peer speaks; nullopt when it does speak HTTP/2, or does not tell.
// Ends at `until`, after a second at the latest, or when the descriptor that interrupts becomes readable.
std::optional<Error> ExplainPeer(const TransportOptions& options, TimePoint until);

// The same where `first_bytes` are known to have come back to the beginning of HTTP/2 already.
std::optional<Error> ExplainPeer(const TransportOptions& options, std::string_view first_bytes,
                                 TimePoint until);

// The kConnect errors of a connection to `target` on which the peer never said anything, and closed it or
// not.
Error ClosedWithoutAWord(const Target& target);
Error SaidNothing(const Target& target);

}  // namespace rpcctl
