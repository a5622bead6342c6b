// One TLS connection over OpenSSL.
#pragma once

#include <memory>
#include <string>

#include "transport/tls/openssl_context.h"

namespace rpcctl {

// Shakes hands as TlsContext::Connect has it.
Result<std::unique_ptr<TlsConnection>> OpenTlsConnection(Socket socket,
                                                         std::shared_ptr<const OpenSslContext> context,
                                                         std::string target, TimePoint until, int interrupt);

}  // namespace rpcctl
