#include "cmd/rpcctl/version.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/common.h>

namespace rpcctl {

std::string UserAgent() {
  return "rpcctl/" RPCCTL_VERSION;
}

std::string VersionText(const Surroundings& around) {
  const std::string protobuf = google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION);
  const Result<TlsLibrary> tls = around.abilities.tls_library();
  return fmt::format("rpcctl {}\n{} {}\nprotobuf {}\n{}\n", RPCCTL_VERSION, around.transport.library,
                     around.transport.library_version(), protobuf,
                     tls ? tls->version() : tls.error().message);
}

}  // namespace rpcctl
