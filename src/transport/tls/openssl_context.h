// What a TLS client brings along, as OpenSSL has it: certificates, rules, and sessions to resume.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "transport/tls_context.h"

struct ssl_st;          // OpenSSL's SSL
struct ssl_ctx_st;      // its SSL_CTX
struct ssl_session_st;  // its SSL_SESSION

namespace rpcctl {

struct FreeTlsSession {
  void operator()(ssl_session_st* session) const;
};
using TlsSessionPointer = std::unique_ptr<ssl_session_st, FreeTlsSession>;

class OpenSslContext final : public TlsContext, public std::enable_shared_from_this<OpenSslContext> {
 public:
  // As TlsLibrary::load has it.
  static Result<std::shared_ptr<const OpenSslContext>> Load(TlsSettings settings);
  ~OpenSslContext() override;
  OpenSslContext(const OpenSslContext&) = delete;
  OpenSslContext& operator=(const OpenSslContext&) = delete;

  const TlsSettings& settings() const override { return settings_; }
  Result<std::unique_ptr<TlsConnection>> Connect(Socket socket, std::string target, TimePoint until,
                                                 int interrupt) const override;

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

  OpenSslContext(TlsSettings settings, ssl_ctx_st* handle)
      : settings_(std::move(settings)), handle_(handle) {}

  const TlsSettings settings_;
  ssl_ctx_st* const handle_;  // owned
  mutable std::mutex mutex_;
  mutable std::map<std::string, TlsSessionPointer> sessions_;  // by server; guarded by `mutex_`
};

}  // namespace rpcctl
