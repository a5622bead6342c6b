// What a TLS client brings along: whom it trusts, the name it expects, and who it is itself.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

struct ssl_st;          // OpenSSL's SSL
struct ssl_ctx_st;      // its SSL_CTX
struct ssl_session_st;  // its SSL_SESSION

namespace rpcctl {

struct FreeTlsSession {
  void operator()(ssl_session_st* session) const;
};
using TlsSessionPointer = std::unique_ptr<ssl_session_st, FreeTlsSession>;

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
// first one made initialises OpenSSL. It keeps the last session with each server for the next connection,
// which is then made without the certificate being sent and checked again: who it was stands with the
// session.
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

  // Lets a connection that was not begun resume the session that is kept for `server`, if there is one, and
  // keeps the sessions that come while it lasts. `server` is borrowed for its life. From any thread.
  void Resume(ssl_st* connection, const std::string& server) const;
  // Keeps the session that a connection resumed, where it is good for another time. From any thread.
  void KeepResumed(ssl_st* connection) const;

 private:
  static int OnNewSession(ssl_st* connection, ssl_session_st* session);
  TlsSessionPointer TakeSession(const std::string& server) const;
  void KeepSession(const std::string& server, ssl_session_st* session) const;

  TlsContext(TlsSettings settings, ssl_ctx_st* handle) : settings_(std::move(settings)), handle_(handle) {}

  const TlsSettings settings_;
  ssl_ctx_st* const handle_;  // owned
  mutable std::mutex mutex_;
  mutable std::map<std::string, TlsSessionPointer> sessions_;  // by server; guarded by `mutex_`
};

}  // namespace rpcctl
