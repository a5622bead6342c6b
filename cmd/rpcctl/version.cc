#include "cmd/rpcctl/version.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/common.h>
#include <openssl/crypto.h>

#include "transport/grpc/grpc_transport.h"

namespace rpcctl {

std::string UserAgent() {
  return "rpcctl/" RPCCTL_VERSION;
}

std::string VersionText() {
  const std::string protobuf = google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION);
  return fmt::format("rpcctl {}\ngrpc++ {}\nprotobuf {}\n{}\n", RPCCTL_VERSION, GrpcVersion(), protobuf,
                     OpenSSL_version(OPENSSL_VERSION));
}

}  // namespace rpcctl
