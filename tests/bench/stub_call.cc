// One unary call through a generated stub: `stub_call HOST:PORT NAME [--shutdown]`. The yardstick of the
// benchmark. Without
// --shutdown it ends as rpcctl does, without the library's orderly shutdown.
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "helloworld.grpc.pb.h"

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto stub = helloworld::Greeter::NewStub(grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials()));
  helloworld::HelloRequest request;
  request.set_name(argv[2]);
  helloworld::HelloReply reply;
  grpc::ClientContext context;
  const grpc::Status status = stub->SayHello(&context, request, &reply);
  if (!status.ok()) return 1;
  std::printf("%s\n", reply.message().c_str());
  std::fflush(stdout);
  const bool orderly = argc > 3 && std::string_view(argv[3]) == "--shutdown";
  if (!orderly) _exit(0);
  return 0;
}
