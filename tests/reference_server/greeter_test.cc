#include <doctest/doctest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "helloworld.grpc.pb.h"
#include "tests/support/reference_server.h"

namespace rpcctl::reference {
namespace {

using helloworld::Greeter;
using helloworld::HelloReply;
using helloworld::HelloRequest;

HelloRequest Named(const std::string& name) {
  HelloRequest request;
  request.set_name(name);
  return request;
}

// What SayHello makes of `name`: the greeting, or the status's message.
std::string SayHello(const Running& running, const std::string& name) {
  Call call;
  HelloReply reply;
  const grpc::Status status = Greeter::NewStub(running.channel)->SayHello(&call, Named(name), &reply);
  return status.ok() ? reply.message() : status.error_message();
}

TEST_CASE("greeter: says hello") {
  const Running running = Run();
  CHECK(SayHello(running, "you") == "Hello, you!");
}

TEST_CASE("greeter: says hello again") {
  const Running running = Run();
  Call call;
  HelloReply reply;
  CHECK(Greeter::NewStub(running.channel)->SayHelloAgain(&call, Named("you"), &reply).ok());
  CHECK(reply.message() == "Hello again, you!");
}

TEST_CASE("greeter: streams five greetings") {
  const Running running = Run();
  Call call;
  auto stream = Greeter::NewStub(running.channel)->SayHelloStreamReply(&call, Named("you"));
  std::vector<std::string> greetings;
  for (const HelloReply& reply : ReadAll<HelloReply>(*stream)) greetings.push_back(reply.message());
  CHECK(stream->Finish().ok());
  CHECK(greetings == std::vector<std::string>{"Hello, you! (1 of 5)", "Hello, you! (2 of 5)",
                                              "Hello, you! (3 of 5)", "Hello, you! (4 of 5)",
                                              "Hello, you! (5 of 5)"});
}

TEST_CASE("greeter: ten characters are few enough, however many bytes they take") {
  const Running running = Run();
  CHECK(SayHello(running, "abcdefghij") == "Hello, abcdefghij!");
  CHECK(SayHello(running, "äöüÄÖÜßéèê") == "Hello, äöüÄÖÜßéèê!");
  CHECK(SayHello(running, "🦉🦉🦉🦉🦉🦉🦉🦉🦉🦉") ==
        "Hello, 🦉🦉🦉🦉🦉🦉🦉🦉🦉🦉!");
}

TEST_CASE("greeter: eleven characters are too many") {
  const Running running = Run();
  CHECK(SayHello(running, "abcdefghijk") == "Length of `Name` cannot be more than 10 characters");
  CHECK(SayHello(running, "äöüÄÖÜßéèêë") == "Length of `Name` cannot be more than 10 characters");
}

TEST_CASE("greeter: the refusal is INVALID_ARGUMENT and says which field is wrong") {
  const Running running = Run();
  Call call;
  HelloReply reply;
  const grpc::Status status =
      Greeter::NewStub(running.channel)->SayHelloAgain(&call, Named("abcdefghijk"), &reply);
  CHECK(status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status details;
  google::rpc::BadRequest reason;
  REQUIRE(details.ParseFromString(status.error_details()));
  CHECK(details.code() == 3);
  CHECK(details.message() == "Length of `Name` cannot be more than 10 characters");
  REQUIRE(details.details_size() == 1);
  REQUIRE(details.details(0).UnpackTo(&reason));
  REQUIRE(reason.field_violations_size() == 1);
  CHECK(reason.field_violations(0).field() == "name");
  CHECK(reason.field_violations(0).description() == "Length of `Name` cannot be more than 10 characters");
}

TEST_CASE("greeter: the stream refuses long names too, without any greeting") {
  const Running running = Run();
  Call call;
  auto stream = Greeter::NewStub(running.channel)->SayHelloStreamReply(&call, Named("abcdefghijk"));
  CHECK(ReadAll<HelloReply>(*stream).empty());
  CHECK(stream->Finish().error_code() == grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace rpcctl::reference
