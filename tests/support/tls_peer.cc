#include "tests/support/tls_peer.h"

#include <openssl/pem.h>
#include <signal.h>
#include <sys/socket.h>

#include "transport/tls/openssl_pointers.h"

namespace rpcctl::testing {
namespace {

using ContextPointer = std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>>;

BioPointer Over(const std::string& text) {
  return BioPointer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

CertificatePointer CertificateOf(const std::string& pem) {
  return CertificatePointer(PEM_read_bio_X509(Over(pem).get(), nullptr, nullptr, nullptr));
}

// Agrees on the protocol the options name, whatever the client offers.
int Agree(SSL*, const unsigned char** out, unsigned char* size, const unsigned char*, unsigned,
          void* options) {
  const std::string& protocol = static_cast<const TlsPeerOptions*>(options)->protocol;
  *out = reinterpret_cast<const unsigned char*>(protocol.data());
  *size = static_cast<unsigned char>(protocol.size());
  return SSL_TLSEXT_ERR_OK;
}

ContextPointer MakeContext(const TlsPeerOptions& options) {
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_use_certificate(context.get(), CertificateOf(options.identity.certificate).get());
  const KeyPointer key(PEM_read_bio_PrivateKey(Over(options.identity.key).get(), nullptr, nullptr, nullptr));
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>("peer"), 4);
  SSL_CTX_set_max_proto_version(context.get(), options.newest_version);
  if (!options.protocol.empty())
    SSL_CTX_set_alpn_select_cb(context.get(), Agree, const_cast<TlsPeerOptions*>(&options));
  if (!options.client_ca.empty()) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), CertificateOf(options.client_ca).get());
  }
  return context;
}

std::string CommonName(const X509* certificate) {
  char name[64] = "";
  if (certificate != nullptr)
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
  return name;
}

void Echo(SSL* ssl) {
  char buffer[32 * 1024];
  for (;;) {
    const int count = SSL_read(ssl, buffer, sizeof buffer);
    if (count <= 0 || SSL_write(ssl, buffer, count) != count) return;
  }
}

// Ends the connection by a reset, once something came.
void BreakOff(SSL* ssl, int descriptor) {
  char byte;
  SSL_read(ssl, &byte, 1);
  const linger at_once{1, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

TlsPeer::TlsPeer(TlsPeerOptions options) : options_(std::move(options)), thread_([this] { Serve(); }) {}

TlsPeer::~TlsPeer() {
  shutdown(listener_.descriptor(), SHUT_RDWR);  // where no client came
  Join();
}

std::string TlsPeer::Join() {
  if (thread_.joinable()) thread_.join();
  return asked_name_;
}

void TlsPeer::Serve() {
  // OpenSSL writes to clients that are gone.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  const ContextPointer context = MakeContext(options_);
  for (int i = 0; i < options_.connections; ++i) ServeOne(context.get());
}

void TlsPeer::ServeOne(ssl_ctx_st* context) {
  const Socket socket = listener_.Accept();
  const SslPointer ssl(SSL_new(context));
  SSL_set_fd(ssl.get(), socket.descriptor());
  const bool is_shaken = SSL_accept(ssl.get()) == 1;
  if (const char* name = SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name)) asked_name_ = name;
  if (is_shaken && options_.resets) return BreakOff(ssl.get(), socket.descriptor());
  if (is_shaken) {
    client_ = CommonName(SSL_get0_peer_certificate(ssl.get()));
    Echo(ssl.get());
    SSL_shutdown(ssl.get());
  }
  // What the client still says is read, so that its end does not take our last words with it.
  shutdown(socket.descriptor(), SHUT_WR);
  char rest[1024];
  while (recv(socket.descriptor(), rest, sizeof rest, 0) > 0) {
  }
}

}  // namespace rpcctl::testing
