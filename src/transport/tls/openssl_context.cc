#include "transport/tls/openssl_context.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <vector>

#include "base/files.h"
#include "base/safe_text.h"
#include "transport/tls/openssl_connection.h"
#include "transport/tls/openssl_pointers.h"

namespace rpcctl {
namespace {

constexpr uint64_t kMostFileBytes = 16 << 20;  // the system's own bundle has a quarter of a MiB

Error BadFile(const std::string& path, std::string_view reason, std::string hint = "") {
  return {ErrorKind::kInput, fmt::format("'{}' {}", SafeText(path), reason), std::move(hint)};
}

// OpenSSL's words for what went wrong last.
std::string LastReason() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason == nullptr ? "unknown error" : reason;
}

BioPointer Over(const std::string& content) {
  return BioPointer(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
}

// Every certificate in `content`, in its order; at least one.
Result<std::vector<CertificatePointer>> ReadCertificates(const std::string& path,
                                                         const std::string& content) {
  const BioPointer bytes = Over(content);
  std::vector<CertificatePointer> certificates;
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(certificate);
  }
  // What follows the last certificate may be a key or a comment, but not half a certificate.
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
    return BadFile(path, fmt::format("has a broken certificate, the {}. in it: {}", certificates.size() + 1,
                                     LastReason()));
  }
  if (!certificates.empty()) return certificates;
  return BadFile(path, "holds no certificate",
                 "a certificate in PEM begins with -----BEGIN CERTIFICATE-----; "
                 "'openssl x509 -inform der' converts others");
}

// Answers OpenSSL's question for a passphrase with none, and remembers that it was asked: nothing may be
// read from the terminal behind the program's back.
int RefusePassphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Result<KeyPointer> ReadKey(const std::string& path, const std::string& content) {
  if (content.find("PRIVATE KEY-----") == std::string::npos)
    return BadFile(path, "holds no private key", "--key FILE names the key of the certificate");
  const BioPointer bytes = Over(content);
  bool is_encrypted = false;
  ERR_clear_error();
  KeyPointer key(PEM_read_bio_PrivateKey(bytes.get(), nullptr, RefusePassphrase, &is_encrypted));
  if (key) return key;
  if (is_encrypted) {
    return BadFile(path, "holds an encrypted key, and there is no way to give its passphrase",
                   "'openssl pkey -in FILE -out FILE' writes it unencrypted");
  }
  return BadFile(path, "has a broken key: " + LastReason());
}

Result<void> TrustFile(SSL_CTX* context, const std::string& path) {
  Result<std::string> content = ReadFile(path, kMostFileBytes);
  if (!content) return content.error();
  Result<std::vector<CertificatePointer>> certificates = ReadCertificates(path, *content);
  if (!certificates) return certificates.error();
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  for (const CertificatePointer& certificate : *certificates) {
    if (X509_STORE_add_cert(store, certificate.get()) != 1)
      return BadFile(path, "is not accepted: " + LastReason());
  }
  // Whatever stands in the file is trusted, a certificate that is nobody's root too.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  return {};
}

Result<void> UseCertificates(SSL_CTX* context, const std::string& path, const std::string& content) {
  Result<std::vector<CertificatePointer>> chain = ReadCertificates(path, content);
  if (!chain) return chain.error();
  for (size_t i = 0; i < chain->size(); ++i) {
    X509* certificate = (*chain)[i].get();
    const long used = i == 0 ? SSL_CTX_use_certificate(context, certificate)
                             : SSL_CTX_add1_chain_cert(context, certificate);
    if (used != 1) return BadFile(path, "is not accepted as a certificate: " + LastReason());
  }
  return {};
}

Result<void> Identify(SSL_CTX* context, const TlsSettings& settings) {
  const std::string& key_path = settings.key_file.empty() ? settings.cert_file : settings.key_file;
  // Read once: it may be a pipe.
  Result<std::string> certificates = ReadFile(settings.cert_file, kMostFileBytes);
  if (!certificates) return certificates.error();
  Result<std::string> keys = settings.key_file.empty() ? certificates : ReadFile(key_path, kMostFileBytes);
  if (!keys) return keys.error();
  Result<void> used = UseCertificates(context, settings.cert_file, *certificates);
  if (!used) return used.error();
  Result<KeyPointer> key = ReadKey(key_path, *keys);
  if (!key) return key.error();
  const X509* certificate = SSL_CTX_get0_certificate(context);
  if (X509_check_private_key(certificate, key->get()) != 1) {
    return BadFile(key_path, fmt::format("does not hold the key of the certificate in '{}'",
                                         SafeText(settings.cert_file)));
  }
  if (SSL_CTX_use_PrivateKey(context, key->get()) != 1)
    return BadFile(key_path, "is not accepted as a key: " + LastReason());
  return {};
}

void SetRules(SSL_CTX* context, bool verify) {
  constexpr unsigned char kHttp2[] = {2, 'h', '2'};  // RFC 7301, a list of length-prefixed names
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_alpn_protos(context, kHttp2, sizeof kHttp2);
  SSL_CTX_set_verify(context, verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  // Sessions are told to their connection, and kept by OpenSslContext.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);  // RFC 9113, section 9.2.1
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

Result<void> Prepare(SSL_CTX* context, const TlsSettings& settings) {
  SetRules(context, settings.verify);
  if (!settings.ca_file.empty()) {
    if (Result<void> trusted = TrustFile(context, settings.ca_file); !trusted) return trusted.error();
  } else if (settings.verify) {
    // Where there are none, the server's certificate will be told as issued by someone unknown.
    SSL_CTX_set_default_verify_paths(context);
  }
  return settings.cert_file.empty() ? Result<void>() : Identify(context, settings);
}

// Where a connection has the name of its server.
int ServerIndex() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// Null for a connection that is not to resume anything.
const std::string* ServerOf(const SSL* connection) {
  return static_cast<const std::string*>(SSL_get_ex_data(connection, ServerIndex()));
}

}  // namespace

Result<std::shared_ptr<const OpenSslContext>> OpenSslContext::Load(TlsSettings settings) {
  SSL_CTX* handle = SSL_CTX_new(TLS_client_method());
  if (handle == nullptr) return Error{ErrorKind::kInternal, "OpenSSL does not start: " + LastReason()};
  const std::shared_ptr<OpenSslContext> context(new OpenSslContext(std::move(settings), handle));
  SSL_CTX_set_app_data(handle, context.get());
  SSL_CTX_sess_set_new_cb(handle, OnNewSession);
  if (Result<void> prepared = Prepare(handle, context->settings()); !prepared) return prepared.error();
  return std::shared_ptr<const OpenSslContext>(context);
}

Result<std::unique_ptr<TlsConnection>> OpenSslContext::Connect(Socket socket, std::string target,
                                                               TimePoint until, int interrupt) const {
  return OpenTlsConnection(std::move(socket), shared_from_this(), std::move(target), until, interrupt);
}

void FreeTlsSession::operator()(ssl_session_st* session) const {
  SSL_SESSION_free(session);
}

void OpenSslContext::Resume(ssl_st* connection, const std::string& server) const {
  SSL_set_ex_data(connection, ServerIndex(), const_cast<std::string*>(&server));
  if (const TlsSessionPointer kept = TakeSession(server)) SSL_set_session(connection, kept.get());
}

// Under TLS 1.2 there need not come a new one; a ticket of TLS 1.3 is used once (RFC 8446, appendix C.4).
void OpenSslContext::KeepResumed(ssl_st* connection) const {
  if (SSL_session_reused(connection) == 1 && SSL_version(connection) < TLS1_3_VERSION)
    KeepSession(*ServerOf(connection), SSL_get0_session(connection));
}

// Under TLS 1.3 sessions come after the handshake, while something is read.
int OpenSslContext::OnNewSession(ssl_st* connection, ssl_session_st* session) {
  const auto* context = static_cast<const OpenSslContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
  if (const std::string* server = ServerOf(connection)) context->KeepSession(*server, session);
  return 0;  // OpenSSL keeps what is its own
}

TlsSessionPointer OpenSslContext::TakeSession(const std::string& server) const {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(server);
  if (found == sessions_.end()) return nullptr;
  TlsSessionPointer session = std::move(found->second);
  sessions_.erase(found);
  return session;
}

void OpenSslContext::KeepSession(const std::string& server, ssl_session_st* session) const {
  // A connection that breaks off spoils its own session, but not a copy.
  TlsSessionPointer copy(SSL_SESSION_dup(session));
  if (!copy || SSL_SESSION_is_resumable(copy.get()) != 1) return;
  const std::lock_guard lock(mutex_);
  sessions_[server] = std::move(copy);
}

OpenSslContext::~OpenSslContext() {
  SSL_CTX_free(handle_);
}

}  // namespace rpcctl
