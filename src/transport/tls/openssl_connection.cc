#include "transport/tls/openssl_connection.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <cerrno>

#include "base/safe_text.h"
#include "transport/tls/openssl_pointers.h"
#include "transport/tls/tls_fault.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

constexpr size_t kRememberedBytes = 64;  // enough to see what a peer speaks that does not speak TLS

bool IsAddress(const std::string& name) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, name.c_str(), bytes) == 1 || inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

Error Ended(const std::string& target, std::string_view why) {
  return {ErrorKind::kConnect, fmt::format("cannot connect to {}: {}", SafeText(target), why)};
}

// OpenSSL's part, and what was seen on the way.
struct Session {
  bool Prepare();
  bool ExpectName(const std::string& name);
  Result<void> Handshake(TimePoint until, int interrupt);
  Result<void> CheckProtocol() const;
  Error Failure();
  TlsTransfer Judge(int code);

  Socket socket;
  std::shared_ptr<const OpenSslContext> context;
  TlsProgress progress;
  unsigned long reason = 0;  // OpenSSL's, for the end
  BioMethodPointer method;
  SslPointer ssl;
};

// ---- OpenSSL's way to the socket ----
//
// Its own BIO for sockets would let a peer that goes away end the process by SIGPIPE. This one also remembers
// how the peer began and how it ended.

int WriteToSocket(BIO* bio, const char* bytes, int size) {
  auto& session = *static_cast<Session*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t count = send(session.socket.descriptor(), bytes, static_cast<size_t>(size), MSG_NOSIGNAL);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    BIO_set_retry_write(bio);
  } else if (count < 0) {
    session.progress.error_number = errno;
  }
  return static_cast<int>(count);
}

void Remember(std::string& first, std::string_view bytes) {
  if (first.size() < kRememberedBytes) first += bytes.substr(0, kRememberedBytes - first.size());
}

int ReadFromSocket(BIO* bio, char* bytes, int size) {
  auto& session = *static_cast<Session*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t count = recv(session.socket.descriptor(), bytes, static_cast<size_t>(size), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    BIO_set_retry_read(bio);
  } else if (count < 0) {
    session.progress.error_number = errno;
  } else {
    Remember(session.progress.first_bytes, {bytes, static_cast<size_t>(count)});
  }
  return static_cast<int>(count);
}

long ControlSocket(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// ---- what OpenSSL tells on the way ----

// Keeps the first fault of the server's certificates; the handshake then ends.
int OnVerified(int is_good, X509_STORE_CTX* check) {
  if (is_good == 1) return 1;
  const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
  const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(check, index));
  static_cast<Session*>(SSL_get_app_data(ssl))->progress.fault = FaultAt(check);
  return 0;
}

int OnCertificateRequested(SSL*, void* session) {
  static_cast<Session*>(session)->progress.certificate_requested = true;
  return 1;
}

bool Session::Prepare() {
  method.reset(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "socket"));
  ssl.reset(SSL_new(context->handle()));
  if (!method || !ssl) return false;
  BIO_meth_set_write(method.get(), WriteToSocket);
  BIO_meth_set_read(method.get(), ReadFromSocket);
  BIO_meth_set_ctrl(method.get(), ControlSocket);
  BIO* bio = BIO_new(method.get());
  if (bio == nullptr) return false;
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl.get(), bio, bio);  // owns it from here on
  SSL_set_app_data(ssl.get(), this);
  const TlsSettings& settings = context->settings();
  if (settings.verify) SSL_set_verify(ssl.get(), SSL_VERIFY_PEER, OnVerified);
  progress.server_name = settings.server_name;
  progress.has_certificate = !settings.cert_file.empty();
  SSL_set_cert_cb(ssl.get(), OnCertificateRequested, this);
  context->Resume(ssl.get(), progress.target);
  return ExpectName(settings.server_name);
}

bool Session::ExpectName(const std::string& name) {
  if (IsAddress(name)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), name.c_str()) == 1;
  // RFC 9525: the common name of a subject is no host name, and a wildcard stands for a whole label.
  SSL_set_hostflags(ssl.get(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set_tlsext_host_name(ssl.get(), name.c_str()) == 1 &&
         SSL_set1_host(ssl.get(), name.c_str()) == 1;
}

Result<void> Session::Handshake(TimePoint until, int interrupt) {
  for (;;) {
    ERR_clear_error();
    const int code = SSL_connect(ssl.get());
    if (code == 1) return CheckProtocol();
    const TlsTransfer waited = Judge(code);
    if (waited.state == TlsTransfer::State::kEnded) return Failure();
    const short events = waited.state == TlsTransfer::State::kWantRead ? POLLIN : POLLOUT;
    pollfd waiting[] = {{socket.descriptor(), events, 0}, {interrupt, POLLIN, 0}};
    const bool ready = WaitForAny(waiting, until);
    if (waiting[1].revents != 0) return Ended(progress.target, "interrupted");
    if (!ready && std::chrono::steady_clock::now() >= until)
      return Ended(progress.target, "timed out in the middle of the TLS handshake");
  }
}

// Why the handshake failed. OpenSSL takes no more than the head of what it does not understand; the rest
// tells what the peer speaks.
Error Session::Failure() {
  char rest[kRememberedBytes];
  const ssize_t count = recv(socket.descriptor(), rest, sizeof rest, MSG_DONTWAIT);
  if (count > 0) Remember(progress.first_bytes, {rest, static_cast<size_t>(count)});
  return DescribeTlsFailure(progress, reason);
}

Result<void> Session::CheckProtocol() const {
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl.get(), &chosen, &size);
  const std::string_view protocol(reinterpret_cast<const char*>(chosen), size);
  if (protocol == "h2") return {};
  return NoHttp2(progress.target);
}

// What became of an operation that returned `code`, which was not a success.
TlsTransfer Session::Judge(int code) {
  const int error = SSL_get_error(ssl.get(), code);
  if (error == SSL_ERROR_WANT_READ) return {TlsTransfer::State::kWantRead, 0};
  if (error == SSL_ERROR_WANT_WRITE) return {TlsTransfer::State::kWantWrite, 0};
  if (reason == 0) reason = ERR_peek_error();
  return {TlsTransfer::State::kEnded, 0};
}

class OpenSslConnection final : public TlsConnection {
 public:
  explicit OpenSslConnection(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  int descriptor() const override { return session_->socket.descriptor(); }
  bool IsResumed() const override { return SSL_session_reused(session_->ssl.get()) == 1; }
  TlsTransfer Read(std::span<char> into) override;
  TlsTransfer Write(std::string_view text) override;
  void Close() override;
  int error_number() const override { return session_->progress.error_number; }
  Error WhyRefused() const override { return DescribeTlsFailure(session_->progress, session_->reason); }

 private:
  const std::unique_ptr<Session> session_;
};

TlsTransfer OpenSslConnection::Read(std::span<char> into) {
  ERR_clear_error();
  size_t size = 0;
  const int code = SSL_read_ex(session_->ssl.get(), into.data(), into.size(), &size);
  return code == 1 ? TlsTransfer{TlsTransfer::State::kMoved, size} : session_->Judge(code);
}

TlsTransfer OpenSslConnection::Write(std::string_view text) {
  ERR_clear_error();
  size_t size = 0;
  const int code = SSL_write_ex(session_->ssl.get(), text.data(), text.size(), &size);
  return code == 1 ? TlsTransfer{TlsTransfer::State::kMoved, size} : session_->Judge(code);
}

void OpenSslConnection::Close() {
  ERR_clear_error();
  SSL_shutdown(session_->ssl.get());
}

}  // namespace

Result<std::unique_ptr<TlsConnection>> OpenTlsConnection(Socket socket,
                                                         std::shared_ptr<const OpenSslContext> context,
                                                         std::string target, TimePoint until, int interrupt) {
  auto session = std::make_unique<Session>();
  session->socket = std::move(socket);
  session->context = std::move(context);
  session->progress.target = std::move(target);
  if (!session->Prepare()) return Error{ErrorKind::kInternal, "OpenSSL does not start a connection"};
  if (Result<void> shaken = session->Handshake(until, interrupt); !shaken) return shaken.error();
  session->progress.handshake_done = true;
  session->context->KeepResumed(session->ssl.get());
  return std::unique_ptr<TlsConnection>(std::make_unique<OpenSslConnection>(std::move(session)));
}

}  // namespace rpcctl
