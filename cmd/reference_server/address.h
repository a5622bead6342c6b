// The addresses a server listens on, as they are typed: HOST:PORT.
#pragma once

#include <string>
#include <string_view>

#include "reference_server/outcome.h"

namespace rpcctl::reference {

// Where to listen. `host` is a name, an IPv4 address, or an IPv6 address without its brackets.
struct Address {
  std::string host;
  int port = 0;  // 0 to 65535; 0 asks for a free one
};

// Splits "127.0.0.1:50051", "localhost:0" or "[::1]:50051"; host and port are both needed.
Outcome<Address> ParseAddress(std::string_view text);

// The inverse: HOST:PORT, with brackets where the host is an IPv6 address.
std::string FormatAddress(const Address& address);

// Whether only this machine can reach `host`: 127.0.0.0/8, ::1 or the name localhost.
bool IsLoopback(const std::string& host);

// Whether a server answers at the Unix socket `path`; the library would take the path away from it.
bool IsAnswered(const std::string& path);

// The system's reason why nothing can listen there ("Address already in use"), found by trying; empty if
// something can.
std::string WhyNotBound(const Address& address);

// The same for a Unix socket at `path`.
std::string WhyNotBound(const std::string& path);

}  // namespace rpcctl::reference
