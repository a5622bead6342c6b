#include "transport/tls_greeting.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include "tests/support/tls_client.h"
#include "transport/speech.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

using std::string_view_literals::operator""sv;

// The type of the first record of the answer, and of the handshake message in it.
struct Answer {
  int record = -1;
  int handshake = -1;
};

Answer AnswerOf(const testing::TlsPeer& peer, std::string_view greeting) {
  const Socket socket = testing::DialPort(peer.port());
  REQUIRE(send(socket.descriptor(), greeting.data(), greeting.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(greeting.size()));
  pollfd waiting[] = {{socket.descriptor(), POLLIN, 0}};
  WaitForAny(waiting, TimePoint::max());
  char bytes[6] = {};
  if (recv(socket.descriptor(), bytes, sizeof bytes, 0) != sizeof bytes) return {};
  return {bytes[0], bytes[5]};
}

// RFC 8446, sections 5.1 and 4.
constexpr int kHandshake = 22;
constexpr int kServerHello = 2;

TEST_CASE("tls greeting: a server of TLS 1.3 goes on from it, and is told the name") {
  const testing::Authority authority;
  testing::TlsPeer peer({authority.Issue({"a.test"})});
  const Answer answer = AnswerOf(peer, TlsGreeting("a.test"));
  CHECK(answer.record == kHandshake);
  CHECK(answer.handshake == kServerHello);
  CHECK(peer.Join() == "a.test");
}

TEST_CASE("tls greeting: a server of TLS 1.2 goes on from it") {
  const testing::Authority authority;
  testing::TlsPeer peer({authority.Issue({"a.test"}), "h2", "", 0x0303});
  const Answer answer = AnswerOf(peer, TlsGreeting("a.test"));
  CHECK(answer.record == kHandshake);
  CHECK(answer.handshake == kServerHello);
}

TEST_CASE("tls greeting: an address is not asked for by name") {
  for (const std::string_view host : {"127.0.0.1", "::1", ""}) {
    CAPTURE(host);
    const testing::Authority authority;
    testing::TlsPeer peer({authority.Issue({"a.test"})});
    CHECK(AnswerOf(peer, TlsGreeting(host)).handshake == kServerHello);
    CHECK(peer.Join() == "");
  }
}

TEST_CASE("tls greeting: it asks for HTTP/2") {
  CHECK(TlsGreeting("a.test").find("\x02h2"sv) != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
