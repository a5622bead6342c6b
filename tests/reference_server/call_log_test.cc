#include "reference_server/call_log.h"

#include <doctest/doctest.h>

#include "grpc/health/v1/health.grpc.pb.h"
#include "hello.grpc.pb.h"
#include "helloworld.grpc.pb.h"
#include "tests/support/reference_server.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl::reference {
namespace {

void SayHello(const Running& running, const std::string& name) {
  Call call;
  helloworld::HelloRequest request;
  request.set_name(name);
  helloworld::HelloReply reply;
  helloworld::Greeter::NewStub(running.channel)->SayHello(&call, request, &reply);
}

TEST_CASE("call log: a line for each call, there before the client sees the end") {
  const TemporaryDirectory directory;
  const Running running = Run({.call_log = directory.Path("log")});
  SayHello(running, "you");
  CHECK(directory.Read("log") == "/helloworld.Greeter/SayHello OK\n");
  SayHello(running, "abcdefghijk");
  CHECK(directory.Read("log") ==
        "/helloworld.Greeter/SayHello OK\n/helloworld.Greeter/SayHello INVALID_ARGUMENT\n");
}

TEST_CASE("call log: a stream that the client cancels was cancelled") {
  const TemporaryDirectory directory;
  const Running running = Run({.call_log = directory.Path("log")});
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  hello::HelloResponse response;
  REQUIRE(stream->Write({}));
  REQUIRE(stream->Read(&response));
  call.TryCancel();
  stream->Finish();
  running.server->Stop();
  CHECK(directory.Read("log") == "/hello.HelloService/BidiHello CANCELLED\n");
}

TEST_CASE("call log: a stream that its client ends was not cancelled") {
  const TemporaryDirectory directory;
  const Running running = Run({.call_log = directory.Path("log")});
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  stream->WritesDone();
  stream->Finish();
  CHECK(directory.Read("log") == "/hello.HelloService/BidiHello OK\n");
}

TEST_CASE("call log: a call that the stopping server cuts off was cancelled") {
  const TemporaryDirectory directory;
  const Running running = Run({.call_log = directory.Path("log")});
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  hello::HelloResponse response;
  REQUIRE(stream->Write({}));
  REQUIRE(stream->Read(&response));
  running.server->Stop();
  CHECK(directory.Read("log") == "/hello.HelloService/BidiHello CANCELLED\n");
}

TEST_CASE("call log: a method that nobody serves is unknown") {
  const TemporaryDirectory directory;
  const Running running = Run({.health = false, .call_log = directory.Path("log")});
  Call call;
  grpc::health::v1::HealthCheckResponse response;
  grpc::health::v1::Health::NewStub(running.channel)->Check(&call, {}, &response);
  CHECK(directory.Read("log") == "unknown UNIMPLEMENTED\n");
}

TEST_CASE("call log: a second server adds to the file") {
  const TemporaryDirectory directory;
  for (int round = 0; round < 2; ++round) SayHello(Run({.call_log = directory.Path("log")}), "you");
  CHECK(directory.Read("log") == "/helloworld.Greeter/SayHello OK\n/helloworld.Greeter/SayHello OK\n");
}

TEST_CASE("call log: a file that cannot be opened keeps the server from starting") {
  CHECK(WhyNotStarted({.call_log = "/nowhere/log"}) == "/nowhere/log: No such file or directory");
}

TEST_CASE("call log: status codes by name") {
  CHECK(StatusName(0) == "OK");
  CHECK(StatusName(1) == "CANCELLED");
  CHECK(StatusName(16) == "UNAUTHENTICATED");
  CHECK(StatusName(17) == "UNKNOWN");
  CHECK(StatusName(-1) == "UNKNOWN");
}

}  // namespace
}  // namespace rpcctl::reference
