#include "cmd/rpcctl/version.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/common.h>
#include <openssl/crypto.h>

namespace rpcctl {

std::string UserAgent() {
  return "rpcctl/" RPCCTL_VERSION;
}

std::string VersionText(const TransportKind& transport) {
  const std::string protobuf = google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION);
  return fmt::format("rpcctl {}\n{} {}\nprotobuf {}\n{}\n", RPCCTL_VERSION, transport.library,
                     transport.library_version(), protobuf, OpenSSL_version(OPENSSL_VERSION));
}

}  // namespace rpcctl
