#include "transport/dial.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/dial_target.h"
#include "tests/support/listener.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using testing::DialTarget;
using testing::Listener;

TimePoint InSeconds(int seconds) {
  return std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

Target At(const std::string& host, uint16_t port) {
  return *ParseTarget(fmt::format("{}:{}", host, port));
}

TEST_CASE("dial: a listening server is reached") {
  Listener listener;
  Result<Socket> socket = DialTarget(At("127.0.0.1", listener.port()), InSeconds(10), -1);
  REQUIRE(socket);
  CHECK((fcntl(socket->descriptor(), F_GETFL) & O_NONBLOCK) != 0);
  CHECK(listener.Accept().descriptor() >= 0);
}

TEST_CASE("dial: localhost falls back from the address on which nobody listens") {
  Listener listener;  // on 127.0.0.1 only; ::1 is tried first
  CHECK(DialTarget(At("localhost", listener.port()), InSeconds(10), -1));
}

TEST_CASE("dial: a refused port is told at once, with its cause and a hint") {
  Listener listener;
  const uint16_t port = listener.port();
  listener.Close();
  Result<Socket> socket = DialTarget(At("127.0.0.1", port), TimePoint::max(), -1);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().kind == ErrorKind::kConnect);
  CHECK(socket.error().message == fmt::format("cannot connect to 127.0.0.1:{}: Connection refused", port));
  CHECK(socket.error().hint == "is the server running there? -t names another address");
}

TEST_CASE("dial: too many open files are told as that") {
  const Listener listener;
  const Target target = At("127.0.0.1", listener.port());
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit none{0, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
  const Result<Socket> socket = DialTarget(target, InSeconds(10), -1);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().message.ends_with(": Too many open files"));
  CHECK(socket.error().hint == "too many files are open: 'ulimit -n' tells and raises the limit");
}

TEST_CASE("dial: every address that was tried is named") {
  Listener listener;
  const uint16_t port = listener.port();
  listener.Close();
  Result<Socket> socket = DialTarget(At("localhost", port), TimePoint::max(), -1);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().message.find(fmt::format("(127.0.0.1:{})", port)) != std::string::npos);
  CHECK(socket.error().message.find(fmt::format("([::1]:{})", port)) != std::string::npos);
}

TEST_CASE("dial: a missing socket is told at once") {
  Result<Socket> socket = DialTarget(*ParseTarget("unix:/nonexistent/x.sock"), TimePoint::max(), -1);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().message == "cannot connect to unix:/nonexistent/x.sock: No such file or directory");
}

// Addresses of a listener on which nobody answers any more, then of one that does: `busy` has a backlog of 0.
std::vector<SocketAddress> DeadThenAlive(const Listener& busy, std::vector<Socket>& waiting, uint16_t alive) {
  const Target target = At("127.0.0.1", busy.port());
  for (int i = 0; i < 4; ++i) {
    Result<Socket> socket =
        DialTarget(target, std::chrono::steady_clock::now() + std::chrono::milliseconds(50), -1);
    if (socket) waiting.push_back(std::move(*socket));
  }
  Result<std::vector<SocketAddress>> addresses = Resolve(target, nullptr, TimePoint::max(), -1);
  Result<std::vector<SocketAddress>> more = Resolve(At("127.0.0.1", alive), nullptr, TimePoint::max(), -1);
  REQUIRE(addresses);
  REQUIRE(more);
  addresses->push_back(more->front());
  return std::move(*addresses);
}

TEST_CASE("dial: an address that does not answer does not keep the next one from being tried") {
  const Listener busy(0);
  const Listener alive;
  std::vector<Socket> waiting;
  const std::vector<SocketAddress> addresses = DeadThenAlive(busy, waiting, alive.port());
  // Nobody ends the first attempt: it would last for ever.
  Result<Socket> socket = Dial(*ParseTarget("api.test:1"), addresses, TimePoint::max(), -1);
  REQUIRE(socket);
  CHECK(PeerName(socket->descriptor()) == addresses[1].Name());
}

TEST_CASE("dial: an address that answers is used though others come after it") {
  const Listener first;
  const Listener second;
  std::vector<SocketAddress> addresses =
      *Resolve(At("127.0.0.1", first.port()), nullptr, TimePoint::max(), -1);
  addresses.push_back(Resolve(At("127.0.0.1", second.port()), nullptr, TimePoint::max(), -1)->front());
  Result<Socket> socket = Dial(*ParseTarget("api.test:1"), addresses, TimePoint::max(), -1);
  REQUIRE(socket);
  CHECK(PeerName(socket->descriptor()) == addresses[0].Name());
}

TEST_CASE("dial: the peer of a unix socket is told by its name") {
  const TemporaryDirectory folder;
  const std::string path = folder.Path("socket");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const Socket listener(socket(AF_UNIX, SOCK_STREAM, 0));
  REQUIRE(bind(listener.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(listen(listener.descriptor(), 1) == 0);
  Result<Socket> socket = DialTarget(*ParseTarget("unix:" + path), TimePoint::max(), -1);
  REQUIRE(socket);
  CHECK(PeerName(socket->descriptor()) == "unix:" + path);
}

TEST_CASE("dial: a full backlog ends at the time limit") {
  Listener listener(0);
  const Target target = At("127.0.0.1", listener.port());
  std::vector<Socket> waiting;  // enough connections that nobody accepts
  for (int i = 0; i < 4; ++i) {
    Result<Socket> socket =
        DialTarget(target, std::chrono::steady_clock::now() + std::chrono::milliseconds(50), -1);
    if (socket) waiting.push_back(std::move(*socket));
  }
  Result<Socket> socket =
      DialTarget(target, std::chrono::steady_clock::now() + std::chrono::milliseconds(50), -1);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().message == fmt::format("cannot connect to {}: timed out", target.Name()));
}

TEST_CASE("dial: an interrupt ends it") {
  Listener listener(0);
  const Target target = At("127.0.0.1", listener.port());
  std::vector<Socket> waiting;
  for (int i = 0; i < 4; ++i) {
    Result<Socket> socket =
        DialTarget(target, std::chrono::steady_clock::now() + std::chrono::milliseconds(50), -1);
    if (socket) waiting.push_back(std::move(*socket));
  }
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1);
  Result<Socket> socket = DialTarget(target, TimePoint::max(), ends[0]);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().message == fmt::format("cannot connect to {}: interrupted", target.Name()));
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("dial: an unknown host is named") {
  Result<Socket> socket = DialTarget(*ParseTarget("nowhere.invalid:1"), InSeconds(20), -1);
  REQUIRE_FALSE(socket);
  CHECK(socket.error().kind == ErrorKind::kConnect);
  CHECK(socket.error().message.starts_with("cannot resolve host 'nowhere.invalid': "));
}

TEST_CASE("resolve: localhost is loopback, whatever a resolver says") {
  Result<std::vector<SocketAddress>> addresses = Resolve(At("x.localhost", 7), nullptr, TimePoint::max(), -1);
  REQUIRE(addresses);
  REQUIRE(addresses->size() == 2);
  CHECK((*addresses)[0].Name() == "[::1]:7");
  CHECK((*addresses)[1].Name() == "127.0.0.1:7");
}

TEST_CASE("resolve: an abstract socket keeps its name") {
  Result<std::vector<SocketAddress>> addresses =
      Resolve(*ParseTarget("unix-abstract:x"), nullptr, TimePoint::max(), -1);
  REQUIRE(addresses);
  CHECK(addresses->front().Name() == "unix-abstract:x");
}

}  // namespace
}  // namespace rpcctl
