#include <doctest/doctest.h>

#include <optional>

#include "grpc/health/v1/health.grpc.pb.h"
#include "hello.grpc.pb.h"
#include "helloworld.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// All values of `name`, in order.
std::vector<std::string> Values(const Metadata& metadata, const std::string& name) {
  std::vector<std::string> values;
  const auto [begin, end] = metadata.equal_range(name);
  for (auto entry = begin; entry != end; ++entry)
    values.emplace_back(entry->second.data(), entry->second.size());
  return values;
}

// Whether `metadata` has one x-elapsed-us, a number.
bool TellsElapsed(const Metadata& metadata) {
  const std::vector<std::string> values = Values(metadata, "x-elapsed-us");
  return values.size() == 1 && !values[0].empty() &&
         values[0].find_first_not_of("0123456789") == std::string::npos;
}

grpc::Status SayHello(const Running& running, grpc::ClientContext& call, const std::string& name = "you") {
  helloworld::HelloRequest request;
  request.set_name(name);
  helloworld::HelloReply reply;
  return helloworld::Greeter::NewStub(running.channel)->SayHello(&call, request, &reply);
}

TEST_CASE("metadata: what begins with x- comes back in the headers, each value of it") {
  const Running running = Run();
  Call call;
  call.AddMetadata("x-trace", "one");
  call.AddMetadata("x-trace", "two");
  call.AddMetadata("x-user", "ada");
  CHECK(SayHello(running, call).ok());
  CHECK(Values(call.GetServerInitialMetadata(), "x-trace") == std::vector<std::string>{"one", "two"});
  CHECK(Values(call.GetServerInitialMetadata(), "x-user") == std::vector<std::string>{"ada"});
}

TEST_CASE("metadata: binary values come back byte for byte") {
  const Running running = Run();
  Call call;
  const std::string bytes("\x00\xff\x7f,\n", 5);
  call.AddMetadata("x-raw-bin", bytes);
  CHECK(SayHello(running, call).ok());
  CHECK(Values(call.GetServerInitialMetadata(), "x-raw-bin") == std::vector<std::string>{bytes});
}

TEST_CASE("metadata: what does not begin with x- stays with the server") {
  const Running running = Run();
  Call call;
  call.AddMetadata("authorization", "secret");
  call.AddMetadata("y-x-trace", "one");
  CHECK(SayHello(running, call).ok());
  CHECK(Values(call.GetServerInitialMetadata(), "authorization").empty());
  CHECK(Values(call.GetServerInitialMetadata(), "y-x-trace").empty());
}

TEST_CASE("metadata: a stream brings the headers with its first answer") {
  const Running running = Run();
  Call call;
  call.AddMetadata("x-trace", "one");
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  hello::HelloResponse response;
  REQUIRE(stream->Write({}));
  REQUIRE(stream->Read(&response));
  CHECK(Values(call.GetServerInitialMetadata(), "x-trace") == std::vector<std::string>{"one"});
}

TEST_CASE("metadata: a call ends with the time it took") {
  const Running running = Run();
  Call call;
  CHECK(SayHello(running, call).ok());
  CHECK(TellsElapsed(call.GetServerTrailingMetadata()));
  CHECK_FALSE(TellsElapsed(call.GetServerInitialMetadata()));
}

TEST_CASE("metadata: a call that fails brings both as well") {
  const Running running = Run();
  Call call;
  call.AddMetadata("x-trace", "one");
  CHECK(SayHello(running, call, "abcdefghijk").error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(Values(call.GetServerInitialMetadata(), "x-trace") == std::vector<std::string>{"one"});
  CHECK(TellsElapsed(call.GetServerTrailingMetadata()));
}

TEST_CASE("metadata: a stream ends with the time it took") {
  const Running running = Run();
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  stream->WritesDone();
  CHECK(stream->Finish().ok());
  CHECK(TellsElapsed(call.GetServerTrailingMetadata()));
}

TEST_CASE("metadata: a method that nobody serves brings both as well") {
  const Running running = Run({.health = false});
  Call call;
  call.AddMetadata("x-trace", "one");
  grpc::health::v1::HealthCheckResponse response;
  CHECK(grpc::health::v1::Health::NewStub(running.channel)->Check(&call, {}, &response).error_code() ==
        grpc::StatusCode::UNIMPLEMENTED);
  CHECK(Values(call.GetServerInitialMetadata(), "x-trace") == std::vector<std::string>{"one"});
  CHECK(TellsElapsed(call.GetServerTrailingMetadata()));
}

}  // namespace
}  // namespace rpcctl::reference
