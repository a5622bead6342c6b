// rpcctl: gRPC over nghttp2. The official library is in an executable of its own, since merely to be linked
// with it costs time of every start.
#include "cmd/rpcctl/core_program.h"
#include "cmd/rpcctl/process.h"
#include "transport/h2/h2_transport.h"

int main(int argc, char** argv) {
  const rpcctl::TransportKind h2{"h2", rpcctl::MakeH2Transport, "nghttp2", rpcctl::Nghttp2Version};
  rpcctl::RunProcess(argc, argv, h2,
                     [argv](std::string_view) { return rpcctl::BecomeCore(RPCCTL_CORE_PLACE, argv); });
}
