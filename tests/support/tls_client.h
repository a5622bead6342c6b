// What a test needs to reach a TlsPeer as a client.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "tests/support/dial_target.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_peer.h"
#include "transport/tls/openssl_library.h"

namespace rpcctl::testing {

inline Socket DialPort(uint16_t port) {
  Result<Socket> socket = DialTarget(*ParseTarget(fmt::format("127.0.0.1:{}", port)), TimePoint::max(), -1);
  REQUIRE(socket);
  return std::move(*socket);
}

// How a client is set up: whom it trusts (PEM, empty for nobody), which name it expects, who it is.
struct TlsClientText {
  std::string trusted = {};
  std::string server_name = "localhost";
  Identity identity = {};
  bool verify = true;
};

inline std::shared_ptr<const TlsContext> MakeContext(const TlsClientText& text) {
  const TemporaryDirectory folder;
  TlsSettings settings{text.server_name};
  if (!text.trusted.empty()) settings.ca_file = folder.Write("ca.pem", text.trusted);
  if (!text.identity.key.empty())
    settings.cert_file = folder.Write("cert.pem", text.identity.certificate + text.identity.key);
  settings.verify = text.verify;
  Result<std::shared_ptr<const TlsContext>> context = OpenSslLibrary().load(settings);
  REQUIRE(context);
  return *context;
}

// Shakes hands with `peer`, which messages call "peer".
inline Result<std::unique_ptr<TlsConnection>> Connect(const TlsPeer& peer, const TlsClientText& text) {
  return MakeContext(text)->Connect(DialPort(peer.port()), "peer", TimePoint::max(), -1);
}

}  // namespace rpcctl::testing
