#include "transport/reach.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "tests/support/listener.h"

namespace rpcctl {
namespace {

using testing::Listener;

// Hears one request and answers with the pieces it was made with, each handed over before the next, then
// waits for the end of the connection unless it is to close it first.
class Answering final {
 public:
  enum class End { kWait, kClose };

  explicit Answering(std::vector<std::string> pieces, End end = End::kWait)
      : thread_([this, pieces = std::move(pieces), end] { Serve(pieces, end); }) {}
  ~Answering() { Heard(); }

  Proxy proxy() const { return {*ParseTarget(fmt::format("127.0.0.1:{}", listener_.port()))}; }
  // What it heard; waits for its end.
  const std::string& Heard() {
    if (thread_.joinable()) thread_.join();
    return heard_;
  }

 private:
  void Serve(const std::vector<std::string>& pieces, End end) {
    const Socket socket = listener_.Accept();
    char bytes[4096];
    while (heard_.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = recv(socket.descriptor(), bytes, sizeof bytes, 0);
      if (count <= 0) return;
      heard_.append(bytes, static_cast<size_t>(count));
    }
    for (const std::string& piece : pieces)
      send(socket.descriptor(), piece.data(), piece.size(), MSG_NOSIGNAL);
    while (end == End::kWait && recv(socket.descriptor(), bytes, sizeof bytes, 0) > 0) {
    }
  }

  Listener listener_;
  std::string heard_;
  std::thread thread_;
};

TransportOptions Through(Proxy proxy) {
  TransportOptions options;
  options.look_up = LookUpName;
  options.target = *ParseTarget("api.test:443");  // a name that nobody here can look up
  options.proxy = std::move(proxy);
  options.user_agent = "tester/1";
  return options;
}

std::string ReadAll(int descriptor, size_t size) {
  std::string all;
  while (all.size() < size) {
    pollfd waiting{descriptor, POLLIN, 0};
    poll(&waiting, 1, -1);
    char bytes[64];
    const ssize_t count = recv(descriptor, bytes, sizeof bytes, 0);
    if (count <= 0) break;
    all.append(bytes, static_cast<size_t>(count));
  }
  return all;
}

TEST_CASE("reach: without a proxy the target is dialled, and the phases are told") {
  Listener listener;
  TransportOptions options;
  options.target = *ParseTarget(fmt::format("127.0.0.1:{}", listener.port()));
  const Result<Reached> reached = Reach(options, TimePoint::max());
  REQUIRE(reached);
  CHECK(listener.Accept().descriptor() >= 0);
  CHECK(reached->phases.address == options.target.Name());
  CHECK_FALSE(reached->phases.proxy);
  CHECK_FALSE(reached->phases.tls);
  CHECK(reached->proxy_bytes == 0);
}

TEST_CASE("reach: a proxy is asked for the target by its name, and what follows its answer is the server's") {
  const std::string answer = "HTTP/1.1 200 Connection established\r\nVia: 1.1 x\r\n\r\n";
  Answering peer({answer + "server"});
  {
    const Result<Reached> reached = Reach(Through(peer.proxy()), TimePoint::max());
    REQUIRE(reached);
    CHECK(reached->proxy_bytes == answer.size());
    CHECK(reached->phases.address == peer.proxy().Name());
    CHECK(reached->phases.proxy);
    CHECK(ReadAll(reached->socket.descriptor(), 6) == "server");
  }
  CHECK(peer.Heard() ==
        "CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\nUser-Agent: tester/1\r\n\r\n");
}

TEST_CASE("reach: an answer may come byte by byte, and lines may end without CR") {
  for (const std::string answer :
       {"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", "HTTP/1.0 200 OK\n\n", "HTTP/1.1 204\r\n\r\n"}) {
    CAPTURE(answer);
    std::vector<std::string> pieces;
    for (const char byte : answer + "x") pieces.emplace_back(1, byte);
    Answering peer(pieces);
    const Result<Reached> reached = Reach(Through(peer.proxy()), TimePoint::max());
    REQUIRE(reached);
    CHECK(reached->proxy_bytes == answer.size());
    CHECK(ReadAll(reached->socket.descriptor(), 1) == "x");
  }
}

TEST_CASE("reach: an IPv6 target stands in brackets, credentials are sent as Basic") {
  Answering peer({"HTTP/1.1 200 OK\r\n\r\n"});
  Proxy proxy = peer.proxy();
  proxy.credentials = "user:secret";
  TransportOptions options = Through(proxy);
  options.target = *ParseTarget("[2001:db8::1]:443");
  CHECK(Reach(options, TimePoint::max()));
  CHECK(peer.Heard() ==
        "CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\nUser-Agent: tester/1\r\n"
        "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n");
}

// The error of reaching api.test through a proxy with credentials that answers so.
Error AnsweredWith(std::vector<std::string> pieces, Answering::End end = Answering::End::kWait) {
  Answering peer(std::move(pieces), end);
  Proxy proxy = peer.proxy();
  proxy.credentials = "user:secret";
  const Result<Reached> reached = Reach(Through(proxy), TimePoint::max());
  REQUIRE_FALSE(reached);
  Error error = reached.error();
  CHECK(error.kind == ErrorKind::kConnect);
  const std::string begin = fmt::format("cannot connect to api.test:443: proxy {} ", proxy.Name());
  REQUIRE(error.message.starts_with(begin));
  error.message.erase(0, begin.size());
  return error;
}

TEST_CASE("reach: a refusal is told in the proxy's words, made safe") {
  Error error = AnsweredWith({"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"});
  CHECK(error.message == "refused CONNECT: 407 Proxy Authentication Required");
  CHECK(error.hint == "does the proxy know this user, with this password?");
  error = AnsweredWith({"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nNo!"});
  CHECK(error.message == "refused CONNECT: 502 Bad Gateway");
  CHECK(error.hint == "--proxy none goes without a proxy");
  CHECK(AnsweredWith({"HTTP/1.1 403 \x1b[2J\r\n\r\n"}).message == "refused CONNECT: 403 \\x1b[2J");
  CHECK(AnsweredWith({"HTTP/1.1 301\r\n\r\n"}).message == "refused CONNECT: 301");
}

TEST_CASE("reach: a proxy that knows nobody is given a name and a password") {
  Answering peer({"HTTP/1.1 407 No\r\n\r\n"});
  const Result<Reached> reached = Reach(Through(peer.proxy()), TimePoint::max());
  REQUIRE_FALSE(reached);
  CHECK(reached.error().hint == "--proxy http://USER:PASSWORD@HOST:PORT tells it who you are");
}

TEST_CASE("reach: what is no answer to CONNECT is told as what it is") {
  CHECK(AnsweredWith({"SSH-2.0-x\r\n"}).message == "did not answer CONNECT, it speaks SSH ('SSH-2.0-x')");
  CHECK(AnsweredWith({"HT", "ML"}).message == "did not answer CONNECT, it begins with 'HTML'");
  CHECK(AnsweredWith({"HTTP/1.1 2000\r\n\r\n"}).message ==
        "did not answer CONNECT, it speaks HTTP/1.x ('HTTP/1.1 2000')");
  CHECK(AnsweredWith({"HTTP/1.1\r\n\r\n"}).message ==
        "did not answer CONNECT, it speaks HTTP/1.x ('HTTP/1.1')");
  CHECK(AnsweredWith({}, Answering::End::kClose).message == "closed the connection in place of an answer");
  CHECK(AnsweredWith({"HTTP/1.1 200 OK\r\n"}, Answering::End::kClose).message ==
        "closed the connection in place of an answer");
}

TEST_CASE("reach: an answer without an end is given up") {
  CHECK(AnsweredWith({"HTTP/1.1 200 OK\r\nA: " + std::string(70'000, 'a')}).message ==
        "answers CONNECT without an end");
}

TEST_CASE("reach: a proxy that says nothing is left at the time limit, or by an interrupt") {
  Listener listener;
  TransportOptions options = Through({*ParseTarget(fmt::format("127.0.0.1:{}", listener.port()))});
  options.proxy->named_by = "https_proxy";
  const Result<Reached> late =
      Reach(options, std::chrono::steady_clock::now() + std::chrono::milliseconds(30));
  REQUIRE_FALSE(late);
  CHECK(late.error().message ==
        fmt::format("cannot connect to api.test:443: timed out: proxy 127.0.0.1:{} did "
                    "not answer CONNECT",
                    listener.port()));
  CHECK(late.error().hint == "https_proxy names this proxy; --proxy none goes without one");
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1);
  options.interrupt_descriptor = ends[0];
  const Result<Reached> interrupted = Reach(options, TimePoint::max());
  REQUIRE_FALSE(interrupted);
  CHECK(interrupted.error().message.ends_with(": interrupted"));
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("reach: a proxy that is not there is told as the proxy") {
  Listener listener;
  const uint16_t port = listener.port();
  listener.Close();
  Proxy proxy{*ParseTarget(fmt::format("127.0.0.1:{}", port))};
  proxy.credentials = "user:secret";
  const Result<Reached> refused = Reach(Through(proxy), TimePoint::max());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == fmt::format("cannot reach the proxy for api.test:443: cannot connect to "
                                               "127.0.0.1:{}: Connection refused",
                                               port));
  const Result<Reached> unknown = Reach(Through({*ParseTarget("nowhere.invalid:1")}), TimePoint::max());
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.starts_with(
      "cannot reach the proxy for api.test:443: cannot resolve host 'nowhere.invalid': "));
}

}  // namespace
}  // namespace rpcctl
