// Many unary calls on one connection through a generated stub: `stub_many sequential|concurrent HOST:PORT
// COUNT`.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "helloworld.grpc.pb.h"

namespace {

struct Greeting {
  grpc::ClientContext context;
  grpc::Status status;
  helloworld::HelloReply reply;
  std::unique_ptr<grpc::ClientAsyncResponseReader<helloworld::HelloReply>> reader;
};

void Require(const grpc::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "a call failed: %s\n", status.error_message().c_str());
  std::exit(1);
}

void CallInTurn(helloworld::Greeter::Stub& stub, const helloworld::HelloRequest& request, int count) {
  for (int i = 0; i < count; ++i) {
    grpc::ClientContext context;
    helloworld::HelloReply reply;
    Require(stub.SayHello(&context, request, &reply));
  }
}

void CallAtOnce(helloworld::Greeter::Stub& stub, const helloworld::HelloRequest& request, int count) {
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Greeting>> greetings;
  for (int i = 0; i < count; ++i) {
    Greeting& greeting = *greetings.emplace_back(std::make_unique<Greeting>());
    greeting.reader = stub.AsyncSayHello(&greeting.context, request, &queue);
    greeting.reader->Finish(&greeting.reply, &greeting.status, &greeting);
  }
  void* tag = nullptr;
  bool ok = false;
  for (int done = 0; done < count && queue.Next(&tag, &ok); ++done)
    Require(static_cast<Greeting*>(tag)->status);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto stub =
      helloworld::Greeter::NewStub(grpc::CreateChannel(argv[2], grpc::InsecureChannelCredentials()));
  helloworld::HelloRequest request;
  request.set_name("you");
  const int count = std::atoi(argv[3]);
  const bool in_turn = std::string_view(argv[1]) == "sequential";
  in_turn ? CallInTurn(*stub, request, count) : CallAtOnce(*stub, request, count);
  std::printf("%d calls\n", count);
  return 0;
}
