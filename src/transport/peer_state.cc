#include "transport/peer_state.h"

#include <linux/tcp.h>  // tcp_info with tcpi_bytes_received, which netinet/tcp.h lacks
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace rpcctl {

namespace {

// nullopt where the kernel does not tell.
std::optional<uint64_t> ReceivedBytes(int descriptor) {
  tcp_info state{};
  socklen_t size = sizeof state;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &state, &size) != 0) return std::nullopt;
  const bool told = size >= offsetof(tcp_info, tcpi_bytes_received) + sizeof state.tcpi_bytes_received;
  return told ? std::optional<uint64_t>(state.tcpi_bytes_received) : std::nullopt;
}

}  // namespace

bool HasHeardNothing(int descriptor, uint64_t skipped) {
  const std::optional<uint64_t> received = ReceivedBytes(descriptor);
  return received && *received <= skipped;
}

bool HasEndedWithoutAWord(int descriptor, uint64_t skipped) {
  const std::optional<uint64_t> received = ReceivedBytes(descriptor);
  // The kernel counts the peer's FIN as a byte.
  return IsClosedByPeer(descriptor) && received && *received <= skipped + 1;
}

bool IsClosedByPeer(int descriptor) {
  pollfd asked{descriptor, POLLRDHUP, 0};
  return poll(&asked, 1, 0) > 0;
}

}  // namespace rpcctl
