#include "transport/tls_relay.h"

#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include "tests/support/tls_client.h"
#include "transport/peer_state.h"

namespace rpcctl {
namespace {

using testing::Authority;
using testing::TlsClientText;
using testing::TlsPeer;

std::unique_ptr<TlsRelay> RelayTo(const TlsPeer& peer, const TlsClientText& text) {
  Result<std::unique_ptr<TlsConnection>> connection = testing::Connect(peer, text);
  REQUIRE(connection);
  Result<std::unique_ptr<TlsRelay>> relay = TlsRelay::Start(std::move(*connection));
  REQUIRE(relay);
  return std::move(*relay);
}

void WaitFor(const Socket& end, short events) {
  pollfd waiting{end.descriptor(), events, 0};
  poll(&waiting, 1, -1);
}

// Sends all of `text` and reads as many bytes back, both as they can be.
std::string SentAndReturned(const Socket& end, const std::string& text) {
  std::string returned;
  size_t sent = 0;
  char buffer[64 * 1024];
  while (returned.size() < text.size()) {
    WaitFor(end, sent < text.size() ? POLLIN | POLLOUT : POLLIN);
    const ssize_t out = send(end.descriptor(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (out > 0) sent += static_cast<size_t>(out);
    const ssize_t in = recv(end.descriptor(), buffer, sizeof buffer, 0);
    REQUIRE(in != 0);
    if (in > 0) returned.append(buffer, static_cast<size_t>(in));
  }
  return returned;
}

bool IsAtEnd(const Socket& end) {
  char byte = 0;
  WaitFor(end, POLLIN);
  return recv(end.descriptor(), &byte, 1, 0) == 0;
}

TEST_CASE("tls relay: what goes in at the plain end reaches the peer, and comes back") {
  const Authority authority;
  const TlsPeer peer({authority.Issue()});
  const auto relay = RelayTo(peer, {authority.certificate()});
  const Socket end = relay->TakePlainEnd();
  CHECK(relay->HasHeardNothing());
  CHECK(SentAndReturned(end, "hello") == "hello");
  CHECK_FALSE(relay->HasHeardNothing());
  CHECK_FALSE(relay->Refusal());
}

TEST_CASE("tls relay: megabytes go both ways at once, unchanged") {
  const Authority authority;
  const TlsPeer peer({authority.Issue()});
  const auto relay = RelayTo(peer, {authority.certificate()});
  const Socket end = relay->TakePlainEnd();
  std::string text;
  for (int i = 0; text.size() < (4 << 20); ++i) text += std::to_string(i);
  CHECK((SentAndReturned(end, text) == text));
}

TEST_CASE("tls relay: closing the plain end closes the connection, after what was still to be sent") {
  const Authority authority;
  TlsPeer peer({authority.Issue()});
  const auto relay = RelayTo(peer, {authority.certificate()});
  {
    const Socket end = relay->TakePlainEnd();
    CHECK(SentAndReturned(end, "x") == "x");
  }
  peer.Join();  // it reads until its client ends
}

TEST_CASE("tls relay: destroying it closes both sides") {
  const Authority authority;
  TlsPeer peer({authority.Issue()});
  auto relay = RelayTo(peer, {authority.certificate()});
  const Socket end = relay->TakePlainEnd();
  relay.reset();
  CHECK(IsAtEnd(end));
  peer.Join();
}

TEST_CASE(
    "tls relay: a server that refuses the client after the handshake is told, and closes the plain end") {
  const Authority authority;
  const TlsPeer peer({authority.Issue(), "h2", authority.certificate(), TLS1_3_VERSION});
  const auto relay = RelayTo(peer, {authority.certificate()});
  const Socket end = relay->TakePlainEnd();
  REQUIRE(send(end.descriptor(), "hello", 5, MSG_NOSIGNAL) == 5);
  CHECK(IsAtEnd(end));
  const std::optional<Error> refusal = relay->Refusal();
  REQUIRE(refusal);
  CHECK(refusal->kind == ErrorKind::kTls);
  CHECK(refusal->message.find("the server asks for a client certificate") != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
