#include <fmt/format.h>

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "helloworld.grpc.pb.h"
#include "reference_server/services.h"
#include "reference_server/write_pace.h"

namespace rpcctl::reference {
namespace {

using helloworld::HelloReply;
using helloworld::HelloRequest;

constexpr int64_t kLongestName = 10;  // characters
constexpr int kGreetings = 5;
constexpr char kTooLong[] = "Length of `Name` cannot be more than 10 characters";

// Counts code points: every byte of UTF-8 but those that continue one.
int64_t Characters(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
}

// INVALID_ARGUMENT with a google.rpc.BadRequest that names the field.
grpc::Status NameTooLong() {
  google::rpc::BadRequest reason;
  auto* violation = reason.add_field_violations();
  violation->set_field("name");
  violation->set_description(kTooLong);
  google::rpc::Status status;
  status.set_code(grpc::StatusCode::INVALID_ARGUMENT);
  status.set_message(kTooLong);
  status.add_details()->PackFrom(reason);
  return {grpc::StatusCode::INVALID_ARGUMENT, kTooLong, status.SerializeAsString()};
}

class Greeter final : public helloworld::Greeter::Service {
 public:
  explicit Greeter(const Faults& faults) : faults_(faults) {}

  grpc::Status SayHello(grpc::ServerContext*, const HelloRequest* request, HelloReply* reply) override {
    if (Characters(request->name()) > kLongestName) return NameTooLong();
    reply->set_message(fmt::format("Hello, {}!", request->name()));
    return grpc::Status::OK;
  }

  grpc::Status SayHelloAgain(grpc::ServerContext*, const HelloRequest* request, HelloReply* reply) override {
    if (Characters(request->name()) > kLongestName) return NameTooLong();
    reply->set_message(fmt::format("Hello again, {}!", request->name()));
    return grpc::Status::OK;
  }

  grpc::Status SayHelloStreamReply(grpc::ServerContext*, const HelloRequest* request,
                                   grpc::ServerWriter<HelloReply>* replies) override {
    if (Characters(request->name()) > kLongestName) return NameTooLong();
    HelloReply reply;
    for (int number = 1; number <= kGreetings; ++number) {
      reply.set_message(fmt::format("Hello, {}! ({} of {})", request->name(), number, kGreetings));
      if (!replies->Write(reply, AtOnce(faults_))) return grpc::Status::CANCELLED;
    }
    return grpc::Status::OK;
  }

 private:
  const Faults faults_;
};

}  // namespace

std::unique_ptr<grpc::Service> GreeterService(const Faults& faults) {
  return std::make_unique<Greeter>(faults);
}

}  // namespace rpcctl::reference
