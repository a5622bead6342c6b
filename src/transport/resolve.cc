#include "transport/resolve.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

using Addresses = std::vector<SocketAddress>;

SocketAddress UnixAddress(const Target& target) {
  SocketAddress address;
  auto* name = reinterpret_cast<sockaddr_un*>(&address.storage);
  name->sun_family = AF_UNIX;
  // An abstract name begins with a NUL and has no end but its length (unix(7)).
  const size_t start = target.kind == Target::Kind::kUnixAbstract ? 1 : 0;
  std::memcpy(name->sun_path + start, target.socket.data(), target.socket.size());
  const size_t end = start == 0 ? 1 : 0;
  address.length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + start + target.socket.size() + end);
  return address;
}

// The address that `host` is, in one of its usual spellings; none where it is a name, or has a zone. To ask
// the name service takes longer than to connect.
Addresses LiteralAddress(const std::string& host, uint16_t port) {
  SocketAddress address;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    address.length = sizeof *v4;
    return {address};
  }
  if (inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) != 1) return {};
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  address.length = sizeof *v6;
  return {address};
}

Addresses LoopbackAddresses(uint16_t port) {
  return {LiteralAddress("::1", port).front(), LiteralAddress("127.0.0.1", port).front()};
}

// Of a target that needs no name service; none of one that does.
Addresses KnownAddresses(const Target& target) {
  if (target.kind != Target::Kind::kTcp) return {UnixAddress(target)};
  if (Addresses usual = LiteralAddress(target.host, target.port); !usual.empty()) return usual;
  return target.is_local ? LoopbackAddresses(target.port) : Addresses{};
}

}  // namespace

bool NeedsLookUp(const Target& target) {
  return KnownAddresses(target).empty();
}

Result<Addresses> Resolve(const Target& target, NameLookUp look_up, TimePoint until, int interrupt) {
  if (Addresses known = KnownAddresses(target); !known.empty()) return known;
  if (look_up != nullptr) return look_up(target.host, target.port, until, interrupt);
  return Error{ErrorKind::kConnect,
               fmt::format("cannot resolve host '{}': there is no name service", SafeText(target.host)),
               "give an address"};
}

}  // namespace rpcctl
