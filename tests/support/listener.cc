#include "tests/support/listener.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdlib>

namespace rpcctl::testing {

Listener::Listener(int backlog) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const int descriptor = socket_.descriptor();
  if (bind(descriptor, generic, size) != 0 || listen(descriptor, backlog) != 0) std::abort();
  if (getsockname(descriptor, generic, &size) != 0) std::abort();
  port_ = ntohs(address.sin_port);
}

Socket Listener::Accept() {
  return Socket(accept4(socket_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
}

}  // namespace rpcctl::testing
