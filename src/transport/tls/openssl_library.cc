#include "transport/tls/openssl_library.h"

#include <openssl/crypto.h>

#include <utility>

#include "transport/tls/openssl_context.h"

namespace rpcctl {
namespace {

std::string Version() {
  return OpenSSL_version(OPENSSL_VERSION);
}

Result<std::shared_ptr<const TlsContext>> Load(TlsSettings settings) {
  Result<std::shared_ptr<const OpenSslContext>> context = OpenSslContext::Load(std::move(settings));
  if (!context) return context.error();
  return std::shared_ptr<const TlsContext>(std::move(*context));
}

}  // namespace

TlsLibrary OpenSslLibrary() {
  return {Version, Load};
}

}  // namespace rpcctl
