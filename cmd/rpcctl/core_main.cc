// rpcctl-core: rpcctl through the official gRPC library, which rpcctl becomes for --transport grpc.
#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/process.h"
#include "transport/grpc/grpc_transport.h"

namespace {

// Never back to rpcctl: so neither can send the other round in circles.
rpcctl::Error Refuse(std::string_view name) {
  return {rpcctl::ErrorKind::kUsage,
          "--transport " + std::string(name) + ": this is rpcctl-core, which has grpc only",
          "run rpcctl itself, whose default is h2"};
}

}  // namespace

int main(int argc, char** argv) {
  const rpcctl::TransportKind grpc{"grpc", rpcctl::MakeGrpcTransport, "grpc++", rpcctl::GrpcVersion};
  rpcctl::RunProcess(argc, argv, grpc, Refuse, rpcctl::AllAbilities());
}
