#include "transport/peer_state.h"

#include <linux/tcp.h>  // tcp_info with tcpi_bytes_received, which netinet/tcp.h lacks
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstddef>

namespace rpcctl {

bool HasHeardNothing(int descriptor) {
  tcp_info state{};
  socklen_t size = sizeof state;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &state, &size) != 0) return false;
  const bool told = size >= offsetof(tcp_info, tcpi_bytes_received) + sizeof state.tcpi_bytes_received;
  return told && state.tcpi_bytes_received == 0;
}

bool IsClosedByPeer(int descriptor) {
  pollfd asked{descriptor, POLLRDHUP, 0};
  return poll(&asked, 1, 0) > 0;
}

}  // namespace rpcctl
