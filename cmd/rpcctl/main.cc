// rpcctl: gRPC over nghttp2. The official library is in an executable of its own, and TLS in a module, since
// merely to be linked with them costs time of every start.
#include "cmd/rpcctl/core_program.h"
#include "cmd/rpcctl/process.h"
#include "cmd/rpcctl/tls_module.h"
#include "transport/h2/h2_transport.h"

int main(int argc, char** argv) {
  const rpcctl::TransportKind h2{"h2", rpcctl::MakeH2Transport, "nghttp2", rpcctl::Nghttp2Version};
  rpcctl::RunProcess(
      argc, argv, h2, [argv](std::string_view) { return rpcctl::BecomeCore(RPCCTL_CORE_PLACE, argv); },
      [] { return rpcctl::LoadTlsModule(RPCCTL_TLS_PLACE); });
}
