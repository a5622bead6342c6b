// TLS by OpenSSL, as the rest of the program is handed it.
#pragma once

#include "transport/tls_context.h"

namespace rpcctl {

// The first context that is loaded initialises OpenSSL.
TlsLibrary OpenSslLibrary();

}  // namespace rpcctl
