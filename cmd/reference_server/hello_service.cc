#include <fmt/format.h>

#include "hello.grpc.pb.h"
#include "reference_server/services.h"
#include "reference_server/write_pace.h"

namespace rpcctl::reference {
namespace {

using hello::HelloRequest;
using hello::HelloResponse;

constexpr int kReplies = 5;
// How many bytes of names one reply may hold; it ends what a client could otherwise make the server remember.
constexpr size_t kMostNames = 16 << 20;

class Hello final : public hello::HelloService::Service {
 public:
  explicit Hello(const Faults& faults) : faults_(faults) {}

  grpc::Status SayHello(grpc::ServerContext*, const HelloRequest* request, HelloResponse* response) override {
    response->set_reply(fmt::format("Hello, {}!", request->greeting()));
    return grpc::Status::OK;
  }

  grpc::Status LotsOfReplies(grpc::ServerContext*, const HelloRequest* request,
                             grpc::ServerWriter<HelloResponse>* responses) override {
    HelloResponse response;
    for (int number = 1; number <= kReplies; ++number) {
      response.set_reply(fmt::format("Hello, {}! ({} of {})", request->greeting(), number, kReplies));
      if (!responses->Write(response, AtOnce(faults_))) return grpc::Status::CANCELLED;
    }
    return grpc::Status::OK;
  }

  grpc::Status LotsOfGreetings(grpc::ServerContext*, grpc::ServerReader<HelloRequest>* requests,
                               HelloResponse* response) override {
    HelloRequest request;
    std::string names;
    while (requests->Read(&request)) {
      if (names.size() + request.greeting().size() > kMostNames) return TooManyNames();
      if (!names.empty()) names += ", ";
      names += request.greeting();
    }
    response->set_reply(fmt::format("Hello, {}!", names.empty() ? "nobody" : names));
    return grpc::Status::OK;
  }

  grpc::Status BidiHello(grpc::ServerContext*,
                         grpc::ServerReaderWriter<HelloResponse, HelloRequest>* stream) override {
    HelloRequest request;
    HelloResponse response;
    while (stream->Read(&request)) {
      response.set_reply(fmt::format("Hello, {}!", request.greeting()));
      if (!stream->Write(response, AtOnce(faults_))) return grpc::Status::CANCELLED;
    }
    return grpc::Status::OK;
  }

  grpc::Status Introduce(grpc::ServerContext*, const hello::Person* person,
                         HelloResponse* response) override {
    response->set_reply(fmt::format("This is {} (id {}), who has {} ponycopter.", person->name(),
                                    person->id(), person->has_ponycopter() ? "a" : "no"));
    return grpc::Status::OK;
  }

 private:
  static grpc::Status TooManyNames() {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "more than 16 MiB of greetings"};
  }

  const Faults faults_;
};

}  // namespace

std::unique_ptr<grpc::Service> HelloService(const Faults& faults) {
  return std::make_unique<Hello>(faults);
}

}  // namespace rpcctl::reference
