// The one function of rpcctl-tls.so.
#include <string_view>

#include "cmd/rpcctl/tls_module.h"
#include "transport/tls/openssl_library.h"

// Named as kTlsEntryName says, and a TlsEntry.
extern "C" [[gnu::visibility("default")]] const rpcctl::TlsLibrary* rpcctl_tls(const char* version) {
  static const rpcctl::TlsLibrary library = rpcctl::OpenSslLibrary();
  return version == std::string_view(RPCCTL_VERSION) ? &library : nullptr;
}
