// rpcctl: gRPC over nghttp2, and no more than it takes to call a server on this machine or at an address. For
// the rest it becomes another executable, since merely to be linked with that costs time of every start.
#include "cmd/rpcctl/other_program.h"
#include "cmd/rpcctl/process.h"
#include "transport/h2/h2_transport.h"

int main(int argc, char** argv) {
  using namespace rpcctl;
  const TransportKind h2{"h2", MakeH2Transport, "nghttp2", Nghttp2Version};
  RunProcess(argc, argv, h2, [argv](std::string_view) { return BecomeCore(RPCCTL_CORE_PLACE, argv); },
             {[argv] { return BecomeFull(RPCCTL_FULL_PLACE, argv, "TLS"); },
              [argv] { return BecomeFull(RPCCTL_FULL_PLACE, argv, "a look-up of names"); },
              [argv] { return BecomeFull(RPCCTL_FULL_PLACE, argv, "test scripts"); }});
}
