// rpcctl-full: rpcctl with all it can do over nghttp2, which rpcctl becomes for what it cannot do by itself.
#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/other_program.h"
#include "cmd/rpcctl/process.h"
#include "transport/h2/h2_transport.h"

int main(int argc, char** argv) {
  using namespace rpcctl;
  const TransportKind h2{"h2", MakeH2Transport, "nghttp2", Nghttp2Version};
  RunProcess(
      argc, argv, h2, [argv](std::string_view) { return BecomeCore(RPCCTL_CORE_PLACE, argv); },
      AllAbilities());
}
