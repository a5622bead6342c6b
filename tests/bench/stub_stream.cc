// A server stream through a generated stub, printed by printf: `stub_stream HOST:PORT`. The yardstick of the
// benchmark: the bytes it prints are those of `rpcctl call -o jsonl`, but for escapes, which its strings do
// not need.
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "route_guide.grpc.pb.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  auto stub =
      routeguide::RouteGuide::NewStub(grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto reader = stub->ListFeatures(&context, routeguide::Rectangle());
  routeguide::Feature feature;
  while (reader->Read(&feature)) {
    std::printf("{\"name\":\"%s\",\"location\":{\"latitude\":%d,\"longitude\":%d}}\n", feature.name().c_str(),
                feature.location().latitude(), feature.location().longitude());
  }
  const bool ok = reader->Finish().ok() && std::fflush(stdout) == 0;
  _exit(ok ? 0 : 1);
}
