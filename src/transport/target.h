// Where a server is: a host and port, or a unix socket, as users write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// The address a server has when nobody says otherwise.
constexpr std::string_view kDefaultTarget = "localhost:50051";

struct Target {
  enum class Kind { kTcp, kUnix, kUnixAbstract };

  Kind kind = Kind::kTcp;
  std::string host;       // a name, or an address without brackets (kTcp)
  uint16_t port = 0;      // kTcp
  std::string socket;     // a path (kUnix) or an abstract name without its leading NUL (kUnixAbstract)
  bool is_local = false;  // loopback as written (127.0.0.0/8, ::1, localhost, *.localhost), or a unix socket

  // "localhost:50051", "[::1]:50051", "unix:/run/x.sock": reads back as the same target.
  std::string Name() const;
  // What the call says in ":authority": host and port, or "localhost" for a unix socket.
  std::string Authority() const;
};

// What is wrong with `host` as an address or the name of a host; "" for nothing.
std::string_view HostFault(const std::string& host);

// Reads "host:port", "host" (port 50051 on loopback, else 443), ":port", "[v6]:port", "dns:///host:port",
// "unix:/path", "unix:path", "unix:///path", "unix-abstract:name". Errors are kUsage.
Result<Target> ParseTarget(std::string_view text);

}  // namespace rpcctl
