#include <doctest/doctest.h>

#include "hello.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

using hello::HelloRequest;
using hello::HelloResponse;

HelloRequest Greeting(const std::string& greeting) {
  HelloRequest request;
  request.set_greeting(greeting);
  return request;
}

std::unique_ptr<hello::HelloService::Stub> Stub(const Running& running) {
  return hello::HelloService::NewStub(running.channel);
}

// What Introduce says about `person`.
std::string Introduction(const Running& running, const hello::Person& person) {
  Call call;
  HelloResponse response;
  CHECK(Stub(running)->Introduce(&call, person, &response).ok());
  return response.reply();
}

// What LotsOfGreetings says about `greetings`.
std::string Greet(const Running& running, const std::vector<std::string>& greetings) {
  Call call;
  HelloResponse response;
  auto stream = Stub(running)->LotsOfGreetings(&call, &response);
  for (const std::string& greeting : greetings) stream->Write(Greeting(greeting));
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  return status.ok() ? response.reply() : status.error_message();
}

TEST_CASE("hello service: one greeting, one reply") {
  const Running running = Run();
  Call call;
  HelloResponse response;
  CHECK(Stub(running)->SayHello(&call, Greeting("you"), &response).ok());
  CHECK(response.reply() == "Hello, you!");
}

TEST_CASE("hello service: one greeting, five replies") {
  const Running running = Run();
  Call call;
  auto stream = Stub(running)->LotsOfReplies(&call, Greeting("you"));
  const auto responses = ReadAll<HelloResponse>(*stream);
  CHECK(stream->Finish().ok());
  REQUIRE(responses.size() == 5);
  CHECK(responses[0].reply() == "Hello, you! (1 of 5)");
  CHECK(responses[4].reply() == "Hello, you! (5 of 5)");
}

TEST_CASE("hello service: several greetings, one reply that names them all") {
  const Running running = Run();
  CHECK(Greet(running, {"Ada", "Bob", "Cleo"}) == "Hello, Ada, Bob, Cleo!");
}

TEST_CASE("hello service: no greetings, a reply to nobody") {
  const Running running = Run();
  CHECK(Greet(running, {}) == "Hello, nobody!");
}

TEST_CASE("hello service: the names of one reply are bounded") {
  const Running running = Run();
  const std::string megabyte(1 << 20, 'a');
  CHECK(Greet(running, std::vector<std::string>(17, megabyte)) == "more than 16 MiB of greetings");
}

TEST_CASE("hello service: each greeting is answered before the next one is sent") {
  const Running running = Run();
  Call call;
  auto stream = Stub(running)->BidiHello(&call);
  for (int number = 0; number < 300; ++number) {
    HelloResponse response;
    REQUIRE(stream->Write(Greeting(std::to_string(number))));
    REQUIRE(stream->Read(&response));
    REQUIRE(response.reply() == "Hello, " + std::to_string(number) + "!");
  }
  stream->WritesDone();
  CHECK(ReadAll<HelloResponse>(*stream).empty());
  CHECK(stream->Finish().ok());
}

TEST_CASE("hello service: introduces a person by name") {
  const Running running = Run();
  hello::Person person;
  person.set_name("Ada");
  person.set_id(7);
  CHECK(Introduction(running, person) == "This is Ada (id 7), who has no ponycopter.");
  person.set_has_ponycopter(true);
  CHECK(Introduction(running, person) == "This is Ada (id 7), who has a ponycopter.");
}

}  // namespace
}  // namespace rpcctl::reference
