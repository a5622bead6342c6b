#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/generic/generic_stub.h>

#include <algorithm>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

constexpr char kV1[] = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
// The same messages under another name.
constexpr char kV1Alpha[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// A reflection stream of either version.
class Conversation {
 public:
  Conversation(const Running& running, const char* method) : stub_(running.channel) {
    stream_ = stub_.PrepareCall(&call_, method, &queue_);
    stream_->StartCall(this);
    Wait();
  }
  ~Conversation() { call_.TryCancel(), Finish(); }

  // The answer to `request`; an empty message where the stream ended.
  ServerReflectionResponse Ask(const ServerReflectionRequest& request) {
    ServerReflectionResponse response;
    stream_->Write(request, this);
    if (!Wait()) return response;
    stream_->Read(&response, this);
    Wait();
    return response;
  }

  grpc::Status Finish() {
    if (std::exchange(finished_, true)) return status_;
    stream_->Finish(&status_, this);
    Wait();
    return status_;
  }

 private:
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::TemplatedGenericStub<ServerReflectionRequest, ServerReflectionResponse> stub_;
  Call call_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<ServerReflectionRequest, ServerReflectionResponse>> stream_;
  grpc::Status status_;
  bool finished_ = false;
};

ServerReflectionRequest ListServices() {
  ServerReflectionRequest request;
  request.set_list_services("");
  return request;
}

ServerReflectionRequest Symbol(const std::string& name) {
  ServerReflectionRequest request;
  request.set_file_containing_symbol(name);
  return request;
}

// The services listed, sorted.
std::vector<std::string> Services(const Running& running, const char* method) {
  std::vector<std::string> names;
  const ServerReflectionResponse response = Conversation(running, method).Ask(ListServices());
  for (const auto& service : response.list_services_response().service()) names.push_back(service.name());
  std::sort(names.begin(), names.end());
  return names;
}

// The names of the files in `response`, in order.
std::vector<std::string> Files(const ServerReflectionResponse& response) {
  std::vector<std::string> names;
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    REQUIRE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  return names;
}

// The files that declare `symbol`, asked for on a stream of its own: grpc++_reflection repeats in each answer
// the files of the answers before.
std::vector<std::string> FilesOf(const Running& running, const char* method, const std::string& symbol) {
  return Files(Conversation(running, method).Ask(Symbol(symbol)));
}

TEST_CASE("reflection: both versions list all services, their own too") {
  const Running running = Run();
  const std::vector<std::string> all = {"grpc.health.v1.Health",
                                        "grpc.reflection.v1.ServerReflection",
                                        "grpc.reflection.v1alpha.ServerReflection",
                                        "hello.HelloService",
                                        "helloworld.Greeter",
                                        "routeguide.RouteGuide"};
  CHECK(Services(running, kV1) == all);
  CHECK(Services(running, kV1Alpha) == all);
}

TEST_CASE("reflection: a version that is left out is neither served nor listed") {
  const Running v1 = Run({.reflection = Reflection::kV1, .health = false});
  const Running v1alpha = Run({.reflection = Reflection::kV1Alpha, .health = false});
  CHECK(Services(v1, kV1) == std::vector<std::string>{"grpc.reflection.v1.ServerReflection",
                                                      "hello.HelloService", "helloworld.Greeter",
                                                      "routeguide.RouteGuide"});
  CHECK(Services(v1alpha, kV1Alpha) == std::vector<std::string>{"grpc.reflection.v1alpha.ServerReflection",
                                                                "hello.HelloService", "helloworld.Greeter",
                                                                "routeguide.RouteGuide"});
  CHECK(Conversation(v1, kV1Alpha).Finish().error_code() == grpc::StatusCode::UNIMPLEMENTED);
  CHECK(Conversation(v1alpha, kV1).Finish().error_code() == grpc::StatusCode::UNIMPLEMENTED);
}

TEST_CASE("reflection: can be left out altogether") {
  const Running running = Run({.reflection = Reflection::kNone});
  CHECK(Conversation(running, kV1).Finish().error_code() == grpc::StatusCode::UNIMPLEMENTED);
  CHECK(Conversation(running, kV1Alpha).Finish().error_code() == grpc::StatusCode::UNIMPLEMENTED);
}

TEST_CASE("reflection: both versions describe each service they list") {
  const Running running = Run();
  for (const char* version : {kV1, kV1Alpha}) {
    for (const std::string& service : Services(running, version)) {
      CAPTURE(service);
      CHECK(FilesOf(running, version, service).size() == 1);
    }
  }
}

TEST_CASE("reflection: both versions find the health service and a method") {
  const Running running = Run();
  for (const char* version : {kV1, kV1Alpha}) {
    CHECK(FilesOf(running, version, "grpc.health.v1.Health") ==
          std::vector<std::string>{"grpc/health/v1/health.proto"});
    CHECK(FilesOf(running, version, "routeguide.RouteGuide.GetFeature") ==
          std::vector<std::string>{"route_guide.proto"});
  }
}

TEST_CASE("reflection: each answer of v1 stands for itself") {
  const Running running = Run();
  Conversation conversation(running, kV1);
  for (int round = 0; round < 2; ++round) {
    CHECK(Files(conversation.Ask(Symbol("helloworld.Greeter"))) ==
          std::vector<std::string>{"helloworld.proto"});
    CHECK(Files(conversation.Ask(Symbol("hello.HelloService"))) == std::vector<std::string>{"hello.proto"});
  }
}

TEST_CASE("reflection: both versions answer NOT_FOUND and go on") {
  const Running running = Run();
  for (const char* version : {kV1, kV1Alpha}) {
    Conversation conversation(running, version);
    CHECK(conversation.Ask(Symbol("no.such.Thing")).error_response().error_code() == 5);
    CHECK(Files(conversation.Ask(Symbol("helloworld.Greeter"))) ==
          std::vector<std::string>{"helloworld.proto"});
  }
}

TEST_CASE("reflection: a second server of the process decides for itself") {
  const Running with = Run({.reflection = Reflection::kV1Alpha});
  const Running without = Run({.reflection = Reflection::kNone});
  const Running again = Run({.reflection = Reflection::kV1Alpha});
  CHECK(Services(with, kV1Alpha) == Services(again, kV1Alpha));
  CHECK(Conversation(without, kV1Alpha).Finish().error_code() == grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace rpcctl::reference
