#include "transport/socket_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>

namespace rpcctl {

std::string SocketAddress::Name() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (storage.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&storage);
    inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
    return fmt::format("{}:{}", text, ntohs(v4->sin_port));
  }
  if (storage.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&storage);
    inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
    return fmt::format("[{}]:{}", text, ntohs(v6->sin6_port));
  }
  const auto* name = reinterpret_cast<const sockaddr_un*>(&storage);
  const size_t size = length - offsetof(sockaddr_un, sun_path);
  const bool is_abstract = name->sun_path[0] == '\0';
  return is_abstract ? "unix-abstract:" + std::string(name->sun_path + 1, size - 1)
                     : "unix:" + std::string(name->sun_path);
}

}  // namespace rpcctl
