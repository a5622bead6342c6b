#include "transport/name_look_up.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>

#include "base/safe_text.h"
#include "transport/socket.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

using Addresses = std::vector<SocketAddress>;

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

// What the thread that looks a name up shares with the one that waits; whichever lets go last frees it.
struct Background {
  LookUp answer;
  Socket done;  // closed by the thread when the answer stands
};

// getaddrinfo cannot be given up in the middle, so it runs beside and may be left behind.
Result<LookUp> LookUpBeside(const std::string& host, uint16_t port, TimePoint until, int interrupt) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return LookUpNow(host, port, 0);
  const Socket watched(ends[0]);
  auto shared = std::make_shared<Background>();
  shared->done = Socket(ends[1]);
  std::thread([shared, host, port] {
    shared->answer = LookUpNow(host, port, AI_ADDRCONFIG);
    shared->done = Socket();
  }).detach();
  pollfd waiting[] = {{watched.descriptor(), POLLIN, 0}, {interrupt, POLLIN, 0}};
  WaitForAny(waiting, until);
  if (waiting[0].revents != 0) return std::move(shared->answer);
  return Error{ErrorKind::kConnect, fmt::format("cannot resolve host '{}': {}", SafeText(host),
                                                waiting[1].revents != 0 ? "interrupted" : "timed out")};
}

}  // namespace

Result<Addresses> LookUpName(const std::string& host, uint16_t port, TimePoint until, int interrupt) {
  // "fe80::1%eth0", "127.1", "0x7f000001".
  LookUp literal = LookUpNow(host, port, AI_NUMERICHOST);
  if (literal.code == 0) return std::move(literal.addresses);
  Result<LookUp> answer = LookUpBeside(host, port, until, interrupt);
  if (!answer) return answer.error();
  if (answer->code == 0) return std::move(answer->addresses);
  return Error{ErrorKind::kConnect,
               fmt::format("cannot resolve host '{}': {}", SafeText(host), gai_strerror(answer->code)),
               "check the name, or give an address"};
}

}  // namespace rpcctl
