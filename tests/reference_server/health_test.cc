#include <doctest/doctest.h>

#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

HealthCheckRequest About(const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  return request;
}

// What Check says about `service`: the state's name, or the status's message.
std::string Check(const Running& running, const std::string& service) {
  Call call;
  HealthCheckResponse response;
  const grpc::Status status = Health::NewStub(running.channel)->Check(&call, About(service), &response);
  return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status()) : status.error_message();
}

// The first state that Watch tells about `service`.
std::string Watch(const Running& running, const std::string& service) {
  Call call;
  auto stream = Health::NewStub(running.channel)->Watch(&call, About(service));
  HealthCheckResponse response;
  REQUIRE(stream->Read(&response));
  call.TryCancel();
  CHECK(stream->Finish().error_code() == grpc::StatusCode::CANCELLED);
  return HealthCheckResponse::ServingStatus_Name(response.status());
}

TEST_CASE("health: the server and each of its services are serving") {
  const Running running = Run();
  for (const char* service :
       {"", "helloworld.Greeter", "hello.HelloService", "routeguide.RouteGuide", "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"}) {
    CAPTURE(service);
    CHECK(Check(running, service) == "SERVING");
  }
}

TEST_CASE("health: an unknown service is not found") {
  const Running running = Run();
  Call call;
  HealthCheckResponse response;
  const grpc::Status status =
      Health::NewStub(running.channel)->Check(&call, About("helloworld.Nobody"), &response);
  CHECK(status.error_code() == grpc::StatusCode::NOT_FOUND);
  CHECK(status.error_message() == "unknown service 'helloworld.Nobody'");
}

TEST_CASE("health: a service that is left out is unknown") {
  const Running running = Run({.reflection = Reflection::kV1});
  CHECK(Check(running, "grpc.reflection.v1.ServerReflection") == "SERVING");
  CHECK(Check(running, "grpc.reflection.v1alpha.ServerReflection") ==
        "unknown service 'grpc.reflection.v1alpha.ServerReflection'");
}

TEST_CASE("health: a watch tells the state at once") {
  const Running running = Run();
  CHECK(Watch(running, "") == "SERVING");
  CHECK(Watch(running, "helloworld.Greeter") == "SERVING");
  CHECK(Watch(running, "helloworld.Nobody") == "SERVICE_UNKNOWN");
}

TEST_CASE("health: services that do not serve, from the start") {
  const Running running = Run({.not_serving = {"helloworld.Greeter"}});
  CHECK(Check(running, "helloworld.Greeter") == "NOT_SERVING");
  CHECK(Check(running, "") == "SERVING");
  CHECK(Watch(running, "helloworld.Greeter") == "NOT_SERVING");
}

TEST_CASE("health: a watch tells each change") {
  const Running running = Run();
  Call call;
  auto stream = Health::NewStub(running.channel)->Watch(&call, About(""));
  HealthCheckResponse response;
  for (const auto state :
       {HealthCheckResponse::SERVING, HealthCheckResponse::NOT_SERVING, HealthCheckResponse::SERVING}) {
    REQUIRE(stream->Read(&response));
    CHECK(response.status() == state);
    running.server->FlipHealth();
  }
}

TEST_CASE("health: a watch ends when the server stops") {
  const Running running = Run();
  Call call;
  auto stream = Health::NewStub(running.channel)->Watch(&call, About(""));
  HealthCheckResponse response;
  REQUIRE(stream->Read(&response));
  running.server->Stop();
  CHECK_FALSE(stream->Read(&response));
  CHECK_FALSE(stream->Finish().ok());
}

TEST_CASE("health: can be left out") {
  const Running running = Run({.health = false});
  Call call;
  HealthCheckResponse response;
  CHECK(Health::NewStub(running.channel)->Check(&call, {}, &response).error_code() ==
        grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace rpcctl::reference
