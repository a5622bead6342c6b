#include "tests/bench/greeter_methods.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <unordered_map>

#include "grpc/reflection/v1/reflection.pb.h"
#include "helloworld.pb.h"
#include "reference_server/reflection_answers.h"

namespace rpcctl::bench {
namespace {

using google::protobuf::DescriptorPool;

std::optional<std::string> Greet(std::string_view message) {
  helloworld::HelloRequest request;
  if (!request.ParseFromArray(message.data(), static_cast<int>(message.size()))) return std::nullopt;
  helloworld::HelloReply reply;
  reply.set_message("Hello, " + request.name() + "!");
  return reply.SerializeAsString();
}

// Works a question out once: clients ask the same ones over and over, and what is measured is the client.
class Reflection {
 public:
  std::optional<std::string> Answer(std::string_view message) {
    std::string question(message);
    if (const auto known = known_.find(question); known != known_.end()) return known->second;
    grpc::reflection::v1::ServerReflectionRequest request;
    if (!request.ParseFromString(question)) return std::nullopt;
    return known_.emplace(std::move(question), answers_.Answer(request).SerializeAsString()).first->second;
  }

 private:
  // Of v1alpha there are no descriptors here, so it is served and not listed.
  const reference::ReflectionAnswers answers_{*DescriptorPool::generated_pool(),
                                              {"grpc.reflection.v1.ServerReflection", "helloworld.Greeter"}};
  std::unordered_map<std::string, std::string> known_;
};

}  // namespace

Methods GreeterMethods() {
  // The versions differ in their names alone.
  const Method reflection = [answers = std::make_shared<Reflection>()](std::string_view message) {
    return answers->Answer(message);
  };
  return {{"/helloworld.Greeter/SayHello", Greet},
          {"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", reflection},
          {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", reflection}};
}

}  // namespace rpcctl::bench
