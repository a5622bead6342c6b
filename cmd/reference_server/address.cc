#include "reference_server/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

namespace rpcctl::reference {
namespace {

bool IsIpv6(const std::string& host) {
  return host.find(':') != std::string::npos;
}

Failure NotAnAddress(std::string_view text) {
  return {fmt::format("'{}' is not HOST:PORT, for example 127.0.0.1:50051", text)};
}

// The reason why a new socket cannot be bound to `address`; empty if it can.
std::string TryBind(const sockaddr* address, socklen_t length) {
  const int descriptor = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return std::strerror(errno);
  const int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool bound = bind(descriptor, address, length) == 0;
  const std::string reason = bound ? "" : std::strerror(errno);
  close(descriptor);
  return reason;
}

constexpr size_t kLongestPath = sizeof(sockaddr_un::sun_path) - 1;

// `path` must not be longer than kLongestPath.
sockaddr_un UnixAddress(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  return address;
}

}  // namespace

Outcome<Address> ParseAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return NotAnAddress(text);
  Address address{.host = std::string(text.substr(0, colon))};
  const bool bracketed = address.host.front() == '[' && address.host.back() == ']';
  if (bracketed) address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty() || bracketed != IsIpv6(address.host)) return NotAnAddress(text);
  const std::string_view port = text.substr(colon + 1);
  const auto [end, code] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool whole = !port.empty() && code == std::errc() && end == port.data() + port.size();
  if (!whole || address.port < 0 || address.port > 65535) return NotAnAddress(text);
  return address;
}

std::string FormatAddress(const Address& address) {
  if (IsIpv6(address.host)) return fmt::format("[{}]:{}", address.host, address.port);
  return fmt::format("{}:{}", address.host, address.port);
}

bool IsLoopback(const std::string& host) {
  if (host == "localhost") return true;
  in_addr v4 = {};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6 = {};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string WhyNotBound(const Address& address) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
  if (code != 0) return gai_strerror(code);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  return TryBind(found->ai_addr, found->ai_addrlen);
}

std::string WhyNotBound(const std::string& path) {
  if (path.size() > kLongestPath) return fmt::format("the path is longer than {} bytes", kLongestPath);
  const sockaddr_un address = UnixAddress(path);
  const std::string reason = TryBind(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (reason.empty()) unlink(path.c_str());
  return reason;
}

bool IsAnswered(const std::string& path) {
  if (path.size() > kLongestPath) return false;
  const sockaddr_un address = UnixAddress(path);
  const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool answered = connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(descriptor);
  return answered;
}

}  // namespace rpcctl::reference
