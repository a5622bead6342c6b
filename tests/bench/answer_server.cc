#include "tests/bench/answer_server.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <map>

#include "tests/bench/answer_connection.h"
#include "tests/bench/loopback.h"

namespace rpcctl::bench {
namespace {

constexpr size_t kMostEvents = 16;  // at a time

bool Watch(int watched, int descriptor, uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  return epoll_ctl(watched, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

void ServeMethods(int listening, const Methods& methods) {
  const int watched = epoll_create1(EPOLL_CLOEXEC);
  if (watched < 0 || !Watch(watched, listening, EPOLLIN)) return;
  std::map<int, AnswerConnection> connections;  // by descriptor
  std::array<epoll_event, kMostEvents> events;
  for (;;) {
    const int count = epoll_wait(watched, events.data(), kMostEvents, -1);
    if (count < 0 && errno == EINTR) continue;  // stopped for a while, or looked at
    if (count < 0) return;
    for (int i = 0; i < count; ++i) {
      const int descriptor = events[static_cast<size_t>(i)].data.fd;
      if (const auto ready = connections.find(descriptor); ready != connections.end()) {
        if (!ready->second.Proceed()) connections.erase(ready);
        continue;
      }
      const int accepted = Accept(listening, SOCK_NONBLOCK);
      if (accepted < 0) continue;  // it is gone again
      connections.try_emplace(accepted, accepted, methods);
      // Tells of changes alone: a connection does all it can each time. The first is that it can be written
      // to.
      if (!Watch(watched, accepted, EPOLLIN | EPOLLOUT | EPOLLET)) return;
    }
  }
}

}  // namespace rpcctl::bench
