#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "tests/support/tls_client.h"

namespace rpcctl {
namespace {

using testing::Authority;
using testing::CertificateText;
using testing::Connect;
using testing::Identity;
using testing::TlsClientText;
using testing::TlsPeer;
using testing::TlsPeerOptions;

// The error of a handshake, which must fail.
Error Refused(const TlsPeer& peer, const TlsClientText& text) {
  Result<std::unique_ptr<TlsConnection>> connection = Connect(peer, text);
  REQUIRE_FALSE(connection);
  return connection.error();
}

// The same for a server whose certificate says `text`; without the part that is the same for all.
std::string FaultOf(const CertificateText& text, const std::string& server_name = "localhost") {
  const Authority authority;
  const TlsPeer peer({authority.Issue(text)});
  const Error error = Refused(peer, {authority.certificate(), server_name});
  CHECK(error.kind == ErrorKind::kTls);
  const std::string begin = "cannot connect to peer over TLS: ";
  REQUIRE(error.message.starts_with(begin));
  return error.message.substr(begin.size());
}

void WaitFor(const TlsConnection& connection, TlsTransfer::State state) {
  REQUIRE(state != TlsTransfer::State::kEnded);
  pollfd waiting{connection.descriptor(),
                 static_cast<short>(state == TlsTransfer::State::kWantRead ? POLLIN : POLLOUT), 0};
  poll(&waiting, 1, -1);
}

std::string ReadAll(TlsConnection& connection, size_t size) {
  std::string all;
  char buffer[64];
  while (all.size() < size) {
    const TlsTransfer read = connection.Read(buffer);
    if (read.state == TlsTransfer::State::kMoved) {
      all.append(buffer, read.size);
    } else {
      WaitFor(connection, read.state);
    }
  }
  return all;
}

TEST_CASE("tls connection: a trusted server is spoken to, and asked for by its name") {
  const Authority authority;
  TlsPeer peer({authority.Issue()});
  {
    Result<std::unique_ptr<TlsConnection>> connection = Connect(peer, {authority.certificate()});
    REQUIRE(connection);
    CHECK((*connection)->Write("hello").size == 5);
    CHECK(ReadAll(**connection, 5) == "hello");
  }
  CHECK(peer.Join() == "localhost");
}

TEST_CASE("tls connection: an address is verified too, but not sent as a name") {
  const Authority authority;
  TlsPeer peer({authority.Issue()});
  CHECK(Connect(peer, {authority.certificate(), "127.0.0.1"}));
  CHECK(peer.Join().empty());
}

TEST_CASE("tls connection: a server's certificate may itself be what is trusted") {
  const Identity identity = testing::SelfSigned();
  const TlsPeer peer({identity});
  CHECK(Connect(peer, {identity.certificate}));
  const Authority authority;
  const Identity issued = authority.Issue();
  const TlsPeer other({issued});
  CHECK(Connect(other, {issued.certificate}));
}

TEST_CASE("tls connection: an expired certificate is told with its subject and dates") {
  CertificateText text;
  text.begins_in_seconds = -7200;
  text.ends_in_seconds = -3600;
  const std::string fault = FaultOf(text);
  CHECK(fault.starts_with("certificate 'CN = localhost' has expired: it was valid from 20"));
  CHECK(fault.ends_with(" UTC"));
}

TEST_CASE("tls connection: a certificate that is not valid yet is told with its subject and dates") {
  CertificateText text;
  text.begins_in_seconds = 3600;
  text.ends_in_seconds = 7200;
  CHECK(FaultOf(text).starts_with("certificate 'CN = localhost' is not valid yet: it is valid from 20"));
}

TEST_CASE("tls connection: a certificate for others is told with the names it is for") {
  CertificateText text;
  text.common_name = "Somebody";
  text.names = "DNS:other.test,DNS:*.more.test,IP:192.0.2.7,IP:2001:db8::1";
  CHECK(FaultOf(text).starts_with(
      "certificate 'CN = Somebody' is for other.test, *.more.test, 192.0.2.7, 2001:db8::1, not for "
      "'localhost' (valid from "));
  CHECK(FaultOf(text, "192.0.2.8").find("not for '192.0.2.8'") != std::string::npos);
}

TEST_CASE("tls connection: the common name is no host name") {
  CertificateText text;
  text.names = "";
  CHECK(
      FaultOf(text).starts_with("certificate 'CN = localhost' is for no host by name, not for 'localhost'"));
}

TEST_CASE("tls connection: a certificate that is not meant for servers is refused") {
  CertificateText text;
  text.purpose = "clientAuth";
  CHECK(FaultOf(text).starts_with(
      "certificate 'CN = localhost' is not meant for a server (extended key usage; valid from "));
}

TEST_CASE("tls connection: a name in a certificate is made safe to show") {
  CertificateText text;
  text.common_name = "evil\x1b[2J\xe2\x80\xae";
  text.ends_in_seconds = -60;
  const std::string fault = FaultOf(text);
  CHECK(fault.find('\x1b') == std::string::npos);
  CHECK(fault.find("\xe2\x80\xae") == std::string::npos);
  CHECK(fault.find("evil") != std::string::npos);
}

TEST_CASE("tls connection: self-signed and unknown issuers are told apart") {
  const Authority stranger("Stranger");
  const TlsPeer self_signed({testing::SelfSigned()});
  const Error first = Refused(self_signed, {stranger.certificate()});
  CHECK(
      first.message.starts_with("cannot connect to peer over TLS: certificate 'CN = localhost' is "
                                "self-signed and not trusted (valid from "));
  CHECK(first.hint == "--cacert FILE names the certificate to trust");
  const TlsPeer issued({Authority("Real").Issue()});
  const Error second = Refused(issued, {stranger.certificate()});
  CHECK(
      second.message.starts_with("cannot connect to peer over TLS: certificate 'CN = localhost', issued by "
                                 "'CN = Real', comes from an unknown authority (valid from "));
  CHECK(second.hint == first.hint);
}

TEST_CASE("tls connection: without verification any certificate will do") {
  CertificateText text;
  text.ends_in_seconds = -60;
  const TlsPeer peer({testing::SelfSigned(text)});
  TlsClientText client;
  client.verify = false;
  CHECK(Connect(peer, client));
}

TEST_CASE("tls connection: a server that does not agree on h2 is refused") {
  const Authority authority;
  const TlsPeer peer({authority.Issue(), ""});
  const Error error = Refused(peer, {authority.certificate()});
  CHECK(error.kind == ErrorKind::kTls);
  CHECK(error.message == "cannot connect to peer over TLS: the server did not negotiate h2 (ALPN)");
}

TEST_CASE("tls connection: a client certificate is shown to who asks for it") {
  const Authority authority;
  CertificateText text;
  text.common_name = "Client";
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer peer({authority.Issue(), "h2", authority.certificate(), version});
    {
      Result<std::unique_ptr<TlsConnection>> connection =
          Connect(peer, {authority.certificate(), "localhost", authority.Issue(text)});
      REQUIRE(connection);
      CHECK((*connection)->Write("x").size == 1);
      CHECK(ReadAll(**connection, 1) == "x");
    }
    peer.Join();
    CHECK(peer.client() == "Client");
  }
}

TEST_CASE("tls connection: under TLS 1.2 a missing or unknown client certificate ends the handshake") {
  const Authority authority;
  const TlsPeer strict({authority.Issue(), "h2", authority.certificate(), TLS1_2_VERSION});
  const Error missing = Refused(strict, {authority.certificate()});
  CHECK(missing.message.starts_with(
      "cannot connect to peer over TLS: the server asks for a client certificate"));
  CHECK(missing.hint == "--cert FILE and --key FILE give one");
  const TlsPeer other({authority.Issue(), "h2", authority.certificate(), TLS1_2_VERSION});
  const Error unknown = Refused(other, {authority.certificate(), "localhost", Authority("Else").Issue()});
  CHECK(
      unknown.message.starts_with("cannot connect to peer over TLS: the server refuses the client "
                                  "certificate: it comes from an authority the server does not know"));
}

// The connection is made; the refusal is read afterwards.
Error RefusedLater(const TlsPeer& peer, const TlsClientText& text) {
  Result<std::unique_ptr<TlsConnection>> connection = Connect(peer, text);
  REQUIRE(connection);
  char buffer[16];
  for (;;) {
    const TlsTransfer read = (*connection)->Read(buffer);
    if (read.state == TlsTransfer::State::kEnded) return (*connection)->WhyRefused();
    WaitFor(**connection, read.state);
  }
}

TEST_CASE("tls connection: under TLS 1.3 the same is told after the handshake") {
  const Authority authority;
  const TlsPeer strict({authority.Issue(), "h2", authority.certificate(), TLS1_3_VERSION});
  const Error missing = RefusedLater(strict, {authority.certificate()});
  CHECK(missing.kind == ErrorKind::kTls);
  CHECK(missing.message.starts_with(
      "cannot connect to peer over TLS: the server asks for a client certificate"));
  const TlsPeer other({authority.Issue(), "h2", authority.certificate(), TLS1_3_VERSION});
  const Error unknown =
      RefusedLater(other, {authority.certificate(), "localhost", Authority("Else").Issue()});
  CHECK(unknown.message.find("the server refuses the client certificate: it comes from an authority the "
                             "server does not know") != std::string::npos);
}

// A peer that says `text` to whatever comes, in plain bytes.
Error AnsweredWith(const std::string& text) {
  testing::Listener listener;
  std::thread peer([&] {
    const Socket socket = listener.Accept();
    char heard[4096];
    [[maybe_unused]] const ssize_t count = recv(socket.descriptor(), heard, sizeof heard, 0);
    send(socket.descriptor(), text.data(), text.size(), MSG_NOSIGNAL);
  });
  Result<std::unique_ptr<TlsConnection>> connection =
      testing::MakeContext({})->Connect(testing::DialPort(listener.port()), "peer", TimePoint::max(), -1);
  peer.join();
  REQUIRE_FALSE(connection);
  CHECK(connection.error().kind == ErrorKind::kTls);
  return connection.error();
}

TEST_CASE("tls connection: a peer that does not speak TLS is told by what it speaks") {
  const std::pair<std::string, std::string> kAnswers[] = {
      {std::string("\0\0\x12\4\0\0\0\0\0", 9), "it speaks HTTP/2"},
      {"HTTP/1.1 400 Bad Request\r\n\r\n", "it speaks HTTP/1.x ('HTTP/1.1 400 Bad Request')"},
      {"SSH-2.0-x\r\n", "it speaks SSH ('SSH-2.0-x')"},
      {"hello", "it begins with 'hello'"},
  };
  for (const auto& [text, told] : kAnswers) {
    const Error error = AnsweredWith(text);
    CHECK(error.message == "cannot connect to peer over TLS: the server does not speak TLS, " + told);
    CHECK(error.hint == "try --plaintext");
  }
}

TEST_CASE("tls connection: a peer that closes without a word may not speak TLS") {
  const Error error = AnsweredWith("");
  CHECK(error.message.starts_with(
      "cannot connect to peer over TLS: the server broke the connection off in the middle of the handshake"));
  CHECK(error.hint == "if it does not speak TLS, try --plaintext");
}

TEST_CASE("tls connection: alerts are told by what they mean") {
  const auto alert = [](char description) {
    return std::string("\x15\x03\x03\x00\x02\x02", 6) + description;
  };
  CHECK(AnsweredWith(alert(70)).message.find("the server does not speak TLS 1.2 or later") !=
        std::string::npos);
  CHECK(AnsweredWith(alert(112)).message.find("the server does not know this name") != std::string::npos);
  CHECK(AnsweredWith(alert(120)).message.find("the server did not negotiate h2 (ALPN)") != std::string::npos);
  CHECK(AnsweredWith(alert(40)).message.find("the handshake failed (") != std::string::npos);
}

TEST_CASE("tls connection: a handshake that nobody answers ends at the time limit, or by an interrupt") {
  testing::Listener listener;
  const TimePoint soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(30);
  Result<std::unique_ptr<TlsConnection>> late =
      testing::MakeContext({})->Connect(testing::DialPort(listener.port()), "peer", soon, -1);
  REQUIRE_FALSE(late);
  CHECK(late.error().kind == ErrorKind::kConnect);
  CHECK(late.error().message == "cannot connect to peer: timed out in the middle of the TLS handshake");
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1);
  Result<std::unique_ptr<TlsConnection>> interrupted = testing::MakeContext({})->Connect(
      testing::DialPort(listener.port()), "peer", TimePoint::max(), ends[0]);
  REQUIRE_FALSE(interrupted);
  CHECK(interrupted.error().message == "cannot connect to peer: interrupted");
  close(ends[0]);
  close(ends[1]);
}

// A connection to `peer`, over which a byte went there and back.
std::unique_ptr<TlsConnection> Greeted(const TlsPeer& peer, const std::shared_ptr<const TlsContext>& context,
                                       const std::string& target = "peer") {
  Result<std::unique_ptr<TlsConnection>> connection =
      context->Connect(testing::DialPort(peer.port()), target, TimePoint::max(), -1);
  REQUIRE(connection);
  REQUIRE((*connection)->Write("x").size == 1);
  CHECK(ReadAll(**connection, 1) == "x");
  return std::move(*connection);
}

TEST_CASE("tls connection: the next connections to a server resume the session of the one before") {
  const Authority authority;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CAPTURE(version);
    TlsPeer peer({authority.Issue(), "h2", "", version, 4});
    const std::shared_ptr<const TlsContext> context = testing::MakeContext({authority.certificate()});
    CHECK_FALSE(Greeted(peer, context)->IsResumed());
    // Also after a connection that was dropped without a word.
    CHECK(Greeted(peer, context)->IsResumed());
    const std::unique_ptr<TlsConnection> third = Greeted(peer, context);
    CHECK(third->IsResumed());
    third->Close();
    shutdown(third->descriptor(), SHUT_RDWR);
    CHECK(Greeted(peer, context)->IsResumed());
  }
}

TEST_CASE("tls connection: a client certificate stands with the session") {
  const Authority authority;
  CertificateText text;
  text.common_name = "Client";
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CAPTURE(version);
    TlsPeer peer({authority.Issue(), "h2", authority.certificate(), version, 2});
    const std::shared_ptr<const TlsContext> context =
        testing::MakeContext({authority.certificate(), "localhost", authority.Issue(text)});
    CHECK_FALSE(Greeted(peer, context)->IsResumed());
    CHECK(Greeted(peer, context)->IsResumed());
    peer.Join();
    CHECK(peer.client() == "Client");
  }
}

TEST_CASE("tls connection: a session is for its target and for the trust under which it was made") {
  const Authority authority;
  TlsPeer peer({authority.Issue(), "h2", "", 0, 4});
  TlsClientText blind;
  blind.verify = false;
  CHECK_FALSE(Greeted(peer, testing::MakeContext(blind))->IsResumed());
  const std::shared_ptr<const TlsContext> context = testing::MakeContext({authority.certificate()});
  CHECK_FALSE(Greeted(peer, context)->IsResumed());
  CHECK_FALSE(Greeted(peer, context, "other")->IsResumed());
  CHECK(Greeted(peer, context)->IsResumed());
}

TEST_CASE("tls connection: a server that has forgotten the session is greeted as if for the first time") {
  const Authority authority;
  const std::shared_ptr<const TlsContext> context = testing::MakeContext({authority.certificate()});
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    for (int i = 0; i < 2; ++i) {
      CAPTURE(i);
      const TlsPeer peer({authority.Issue(), "h2", "", version});
      CHECK_FALSE(Greeted(peer, context)->IsResumed());
    }
  }
}

}  // namespace
}  // namespace rpcctl
