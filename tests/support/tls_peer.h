// A TLS server for one connection or a few, on a thread of its own.
#pragma once

#include <string>
#include <thread>

#include "tests/support/certificates.h"
#include "tests/support/listener.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace rpcctl::testing {

struct TlsPeerOptions {
  Identity identity;
  std::string protocol = "h2";  // what it agrees on (ALPN); empty: it does not know of it
  std::string client_ca = {};   // PEM: a client must have a certificate of this authority; empty: it need not
  int newest_version = 0;       // OpenSSL's TLS1_2_VERSION..., 0 for any
  int connections = 1;          // how many it serves, one after another, with one memory for their sessions
  bool resets = false;          // breaks the connection off when it has received something
};

// Shakes hands, then sends back all it receives until the client ends. What is told of the client is that of
// the last connection.
class TlsPeer final {
 public:
  explicit TlsPeer(TlsPeerOptions options);
  ~TlsPeer();
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  uint16_t port() const { return listener_.port(); }
  // Waits for its end; the name that the client asked for by SNI, empty for none.
  std::string Join();
  // The client's common name, after Join; empty when it had no certificate.
  const std::string& client() const { return client_; }

 private:
  void Serve();
  void ServeOne(ssl_ctx_st* context);

  const TlsPeerOptions options_;
  Listener listener_;
  std::string asked_name_;
  std::string client_;
  std::thread thread_;
};

}  // namespace rpcctl::testing
