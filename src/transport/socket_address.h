// An address that a socket is connected to.
#pragma once

#include <sys/socket.h>

#include <string>

namespace rpcctl {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  // "127.0.0.1:50051", "[::1]:50051", "unix:/path".
  std::string Name() const;
};

}  // namespace rpcctl
