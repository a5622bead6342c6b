// The first thing a TLS client says, for looking whether a peer speaks TLS at all.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// A ClientHello (RFC 8446, section 4.1.2) that TLS 1.2 and 1.3 servers can go on from, since to less than
// that many answer by closing. It asks for `host` by SNI, where that is a name, and for HTTP/2. The keys in
// it are nobody's: a handshake that begins with it cannot be finished. `host` of no more than 255 bytes.
std::string TlsGreeting(std::string_view host);

}  // namespace rpcctl
