#include "transport/peer_probe.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "tests/support/listener.h"

namespace rpcctl {
namespace {

using std::string_literals::operator""s;
using std::string_view_literals::operator""sv;

// Answers each connection's first bytes with what `answer` makes of them, until it is destroyed.
class Answering final {
 public:
  explicit Answering(std::function<std::string(std::string_view)> answer)
      : answer_(std::move(answer)), thread_([this] { Serve(); }) {}
  ~Answering() {
    shutdown(listener_descriptor_, SHUT_RDWR);
    thread_.join();
  }
  Target target() const { return *ParseTarget(fmt::format("127.0.0.1:{}", listener_.port())); }

 private:
  void Serve() {
    for (;;) {
      const Socket socket = listener_.Accept();
      if (socket.descriptor() < 0) return;
      char heard[4096];
      const ssize_t count = recv(socket.descriptor(), heard, sizeof heard, 0);
      const std::string said = answer_({heard, static_cast<size_t>(std::max<ssize_t>(count, 0))});
      send(socket.descriptor(), said.data(), said.size(), MSG_NOSIGNAL);
    }
  }

  std::function<std::string(std::string_view)> answer_;
  testing::Listener listener_;
  const int listener_descriptor_ = listener_.descriptor();
  std::thread thread_;
};

TransportOptions To(const Target& target) {
  TransportOptions options;
  options.target = target;
  return options;
}

std::optional<Error> Explain(const Answering& peer) {
  return ExplainPeer(To(peer.target()), TimePoint::max());
}

bool IsTlsGreeting(std::string_view heard) {
  return heard.starts_with("\x16\x03\x01"sv) && heard.find("\x02h2") != std::string_view::npos;
}

TEST_CASE("peer probe: a server that takes TLS only, and closes on anything else, is told as such") {
  const Answering peer([](std::string_view heard) -> std::string {
    return IsTlsGreeting(heard) ? "\x15\x03\x03"s + std::string(4, '\0') : "";
  });
  const std::optional<Error> told = Explain(peer);
  REQUIRE(told);
  CHECK(told->kind == ErrorKind::kConnect);
  CHECK(told->message ==
        fmt::format("cannot connect to {} without TLS: the server speaks TLS", peer.target().Name()));
  CHECK(told->hint == "try --tls");
}

TEST_CASE("peer probe: a server that answers in HTTP/1.x before TLS speaks TLS") {
  const Answering peer([](std::string_view heard) -> std::string {
    return IsTlsGreeting(heard) ? "\x16\x03\x03rest" : "HTTP/1.1 400 Bad Request\r\n\r\n";
  });
  CHECK(Explain(peer)->hint == "try --tls");
}

TEST_CASE("peer probe: other protocols are named") {
  const Answering peer([](std::string_view) -> std::string { return "HTTP/1.1 404 Not Found\r\n\r\n"; });
  CHECK(
      Explain(peer)->message ==
      fmt::format("cannot connect to {} without TLS: the server speaks HTTP/1.x ('HTTP/1.1 404 Not Found'), "
                  "not gRPC",
                  peer.target().Name()));
}

TEST_CASE(
    "peer probe: a server that speaks HTTP/2 needs no explanation, and one that says nothing gives none") {
  const Answering http2([](std::string_view heard) -> std::string {
    CHECK(heard.starts_with("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    return std::string("\0\0\0\4\0\0\0\0\0", 9);
  });
  CHECK_FALSE(Explain(http2));
  const Answering silent([](std::string_view) -> std::string { return ""; });
  CHECK_FALSE(Explain(silent));
}

TEST_CASE("peer probe: a peer that is gone gives no explanation") {
  testing::Listener listener;
  const Target target = *ParseTarget(fmt::format("127.0.0.1:{}", listener.port()));
  listener.Close();
  CHECK_FALSE(ExplainPeer(To(target), TimePoint::max()));
}

}  // namespace
}  // namespace rpcctl
