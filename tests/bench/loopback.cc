#include "tests/bench/loopback.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace rpcctl::bench {
namespace {

constexpr int kWaiting = 16;  // connections that are not accepted yet

}  // namespace

Listening Listen(int flags) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool listens = bind(descriptor, generic, size) == 0 && listen(descriptor, kWaiting) == 0 &&
                       getsockname(descriptor, generic, &size) == 0;
  return {listens ? descriptor : -1, ntohs(address.sin_port)};
}

int Accept(int listening, int flags) {
  const int descriptor = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | flags);
  const int at_once = 1;  // a small answer must not wait for the acknowledgement of the one before
  if (descriptor >= 0) setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  return descriptor;
}

}  // namespace rpcctl::bench
