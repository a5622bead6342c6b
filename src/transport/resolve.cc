#include "transport/resolve.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <thread>

#include "base/safe_text.h"
#include "transport/socket.h"
#include "transport/waiting.h"

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

// Answers of getaddrinfo, the families in turn, beginning with the one the system put first.
Addresses InTurn(const addrinfo* found) {
  Addresses first, second, turns;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    SocketAddress address;
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.length = entry->ai_addrlen;
    (entry->ai_family == found->ai_family ? first : second).push_back(address);
  }
  for (size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size()) turns.push_back(first[i]);
    if (i < second.size()) turns.push_back(second[i]);
  }
  return turns;
}

struct LookUp {
  int code = 0;  // of getaddrinfo
  Addresses addresses;
};

LookUp LookUpNow(const std::string& host, uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  LookUp answer;
  answer.code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (answer.code == 0) answer.addresses = InTurn(found);
  if (found != nullptr) freeaddrinfo(found);
  return answer;
}

// The address that `host` is, in one of its usual spellings; none where it is a name, or has a zone. To ask
// getaddrinfo takes longer than to connect.
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

// What the thread that looks a name up shares with the one that waits; whichever lets go last frees it.
struct Background {
  LookUp answer;
  Socket done;  // closed by the thread when the answer stands
};

// getaddrinfo cannot be given up in the middle, so it runs beside and may be left behind.
Result<LookUp> LookUpBeside(const Target& target, TimePoint until, int interrupt) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return LookUpNow(target.host, target.port, 0);
  const Socket watched(ends[0]);
  auto shared = std::make_shared<Background>();
  shared->done = Socket(ends[1]);
  std::thread([shared, host = target.host, port = target.port] {
    shared->answer = LookUpNow(host, port, AI_ADDRCONFIG);
    shared->done = Socket();
  }).detach();
  pollfd waiting[] = {{watched.descriptor(), POLLIN, 0}, {interrupt, POLLIN, 0}};
  WaitForAny(waiting, until);
  if (waiting[0].revents != 0) return std::move(shared->answer);
  return Error{ErrorKind::kConnect, fmt::format("cannot resolve host '{}': {}", SafeText(target.host),
                                                waiting[1].revents != 0 ? "interrupted" : "timed out")};
}

Result<Addresses> TcpAddresses(const Target& target, TimePoint until, int interrupt) {
  if (Addresses usual = LiteralAddress(target.host, target.port); !usual.empty()) return usual;
  if (target.is_local) return LoopbackAddresses(target.port);
  // "fe80::1%eth0", "127.1", "0x7f000001".
  LookUp literal = LookUpNow(target.host, target.port, AI_NUMERICHOST);
  if (literal.code == 0) return std::move(literal.addresses);
  Result<LookUp> answer = LookUpBeside(target, until, interrupt);
  if (!answer) return answer.error();
  if (answer->code == 0) return std::move(answer->addresses);
  return Error{ErrorKind::kConnect,
               fmt::format("cannot resolve host '{}': {}", SafeText(target.host), gai_strerror(answer->code)),
               "check the name, or give an address"};
}

}  // namespace

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

Result<Addresses> Resolve(const Target& target, TimePoint until, int interrupt) {
  if (target.kind != Target::Kind::kTcp) return Addresses{UnixAddress(target)};
  return TcpAddresses(target, until, interrupt);
}

}  // namespace rpcctl
