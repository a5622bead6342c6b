// What a TLS client brings along: whom it trusts, the name it expects, and who it is itself.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace rpcctl {

// The files are PEM.
struct TlsSettings {
  // A host name or an address: what the server's certificate must be for, and (a name only) what the server
  // is told in SNI.
  std::string server_name;
  std::string ca_file = {};    // the certificates to trust; empty: the system's
  std::string cert_file = {};  // the client's certificate, then those it depends on; empty for none
  std::string key_file = {};   // its key; empty: the key stands in `cert_file`
  bool verify = true;          // false: any certificate will do
};

// Loaded once, before anything is dialled, and then used by any number of connections on any thread. The
// first one made initialises OpenSSL.
class TlsContext final {
 public:
  // Reads the files; an error is kInput and names the file. A CA file replaces the system's certificates,
  // which OpenSSL looks for where SSL_CERT_FILE, SSL_CERT_DIR or its own default say.
  static Result<std::shared_ptr<const TlsContext>> Load(TlsSettings settings);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  const TlsSettings& settings() const { return settings_; }
  ssl_ctx_st* handle() const { return handle_; }

 private:
  TlsContext(TlsSettings settings, ssl_ctx_st* handle) : settings_(std::move(settings)), handle_(handle) {}

  const TlsSettings settings_;
  ssl_ctx_st* const handle_;  // owned
};

}  // namespace rpcctl
