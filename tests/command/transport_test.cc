// What transport.h promises, over the transport that is tested.
#include "transport/transport.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/support/listener.h"
#include "tests/support/recorded_call.h"
#include "tests/support/tested_transport.h"

namespace rpcctl {
namespace {

using testing::CallOnce;
using testing::Has;
using testing::Log;
using testing::Recorder;
using testing::RunUntilEnd;
using testing::StartOf;
using testing::StartServer;
using testing::Text;
using testing::To;

std::unique_ptr<Transport> Make(TransportOptions options) {
  return testing::TestedTransport().make(std::move(options));
}

TEST_CASE("transport: a unary call brings headers, a message, trailers and OK") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  CallStart start = StartOf("/helloworld.Greeter/SayHello");
  start.metadata = {{"x-team", "a"}, {"x-raw-bin", std::string("\0\xff", 2)}};
  const Recorder call = CallOnce(*transport, start, Text("you"));
  CHECK(call.messages == Log{Text("Hello, you!")});
  CHECK(call.end->status.ok());
  CHECK(Has(call.headers, {"x-team", "a"}));
  CHECK(Has(call.headers, {"x-raw-bin", std::string("\0\xff", 2)}));
  CHECK(call.end->trailers.size() == 1);
  CHECK(call.end->trailers[0].name == "x-elapsed-us");
}

TEST_CASE("transport: headers that are the protocol's own are not told") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  CallStart start = StartOf("/helloworld.Greeter/SayHello");
  start.metadata = {{"x-team", "a"}};
  CHECK(CallOnce(*transport, start, Text("you")).headers == Metadata{{"x-team", "a"}});
}

TEST_CASE("transport: a failure brings its message and details") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  const Recorder call = CallOnce(*transport, StartOf("/helloworld.Greeter/SayHello"), Text("abcdefghijk"));
  CHECK(call.end->status.code == kInvalidArgument);
  CHECK(call.end->status.message == "Length of `Name` cannot be more than 10 characters");
  CHECK(call.end->status.details.find("google.rpc.BadRequest") != std::string::npos);
  for (const MetadataEntry& entry : call.end->trailers) CHECK(entry.name != "grpc-status-details-bin");
}

TEST_CASE("transport: each message of a bidirectional call is answered before the next is sent") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  Recorder recorder;
  const auto call = transport->Open(StartOf("/hello.HelloService/BidiHello"), recorder);
  for (size_t i = 1; i <= 3; ++i) {
    while (recorder.writable < static_cast<int>(i)) transport->Dispatch(TimePoint::max());
    call->Write(Text("a"));
    while (recorder.messages.size() < i) transport->Dispatch(TimePoint::max());
  }
  call->HalfClose();
  RunUntilEnd(*transport, recorder);
  CHECK(recorder.end->status.ok());
  CHECK(recorder.messages.size() == 3);
}

TEST_CASE("transport: cancelling ends a call with CANCELLED") {
  reference::ServerOptions options;
  options.made_up_features = 1'000'000;
  const auto server = StartServer(options);
  const auto transport = Make(To(server->addresses()[0]));
  Recorder recorder;
  const auto call = transport->Open(StartOf("/hello.HelloService/BidiHello"), recorder);
  while (recorder.writable < 1) transport->Dispatch(TimePoint::max());
  call->Write(Text("a"));
  while (recorder.messages.empty()) transport->Dispatch(TimePoint::max());
  call->Cancel();
  RunUntilEnd(*transport, recorder);
  CHECK(recorder.end->status.code == kCancelled);
}

TEST_CASE("transport: a deadline that is over ends a call with DEADLINE_EXCEEDED") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  CallStart start = StartOf("/hello.HelloService/BidiHello");
  start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(30);
  Recorder recorder;
  const auto call = transport->Open(start, recorder);
  RunUntilEnd(*transport, recorder);
  CHECK(recorder.end->status.code == kDeadlineExceeded);
}

TEST_CASE("transport: a message above the call's limit is RESOURCE_EXHAUSTED and not delivered") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  CallStart start = StartOf("/helloworld.Greeter/SayHello");
  start.max_message_size = 12;
  const Recorder call = CallOnce(*transport, start, Text("you"));
  CHECK(call.messages.empty());
  CHECK(call.end->status.code == kResourceExhausted);
  CHECK(call.end->status.message == "response of 13 bytes is larger than the limit of 12 bytes");
}

TEST_CASE("transport: two calls go side by side over one connection") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  Recorder first, second;
  const auto one = transport->Open(StartOf("/hello.HelloService/BidiHello"), first);
  const auto two = transport->Open(StartOf("/hello.HelloService/BidiHello"), second);
  while (first.writable + second.writable < 2) transport->Dispatch(TimePoint::max());
  one->Write(Text("a"));
  two->Write(Text("b"));
  while (first.messages.empty() || second.messages.empty()) transport->Dispatch(TimePoint::max());
  two->HalfClose();
  one->HalfClose();
  RunUntilEnd(*transport, first);
  RunUntilEnd(*transport, second);
  CHECK(first.messages == Log{Text("Hello, a!")});
  CHECK(second.messages == Log{Text("Hello, b!")});
}

TEST_CASE("transport: destroying a call cancels it and the connection goes on") {
  const auto server = StartServer();
  const auto transport = Make(To(server->addresses()[0]));
  Recorder recorder;
  transport->Open(StartOf("/hello.HelloService/BidiHello"), recorder).reset();
  CHECK(CallOnce(*transport, StartOf("/helloworld.Greeter/SayHello"), Text("you")).end->status.ok());
  CHECK_FALSE(recorder.end);
}

TEST_CASE("transport: a watched descriptor is reported each time it can be read, until it is not watched") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const auto transport = Make(To("localhost:1"));
  int ready = 0;
  transport->Watch(ends[0], [&] {
    char byte = 0;
    CHECK(read(ends[0], &byte, 1) == 1);
    ++ready;
  });
  for (int i = 1; i <= 3; ++i) {
    REQUIRE(write(ends[1], "x", 1) == 1);
    while (ready < i) transport->Dispatch(TimePoint::max());
  }
  transport->Unwatch(ends[0]);
  REQUIRE(write(ends[1], "x", 1) == 1);
  CHECK_FALSE(transport->Dispatch(std::chrono::steady_clock::now() + std::chrono::milliseconds(20)));
  CHECK(ready == 3);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("transport: a refused port is told as an error of the connection") {
  testing::Listener listener;
  const uint16_t port = listener.port();
  listener.Close();
  const auto transport = Make(To("127.0.0.1:" + std::to_string(port)));
  const Recorder call = CallOnce(*transport, StartOf("/p.S/M"), "");
  REQUIRE(call.end->not_reached);
  CHECK(call.end->not_reached->kind == ErrorKind::kConnect);
}

TEST_CASE(
    "transport: a peer that takes the connection and says nothing is given up after the connect "
    "timeout") {
  testing::Listener listener;
  TransportOptions options = To("127.0.0.1:" + std::to_string(listener.port()));
  options.connect_timeout = std::chrono::milliseconds(50);
  const auto transport = Make(options);
  const Recorder call = CallOnce(*transport, StartOf("/p.S/M"), "");
  REQUIRE(call.end->not_reached);
  CHECK(call.end->not_reached->message == "cannot connect to 127.0.0.1:" + std::to_string(listener.port()) +
                                              ": timed out: the peer took the connection and said nothing");
}

TEST_CASE("transport: a server that went away is dialled anew by the next call") {
  reference::ServerOptions options;
  auto server = StartServer(options);
  const std::string address = server->addresses()[0];
  const auto transport = Make(To(address));
  CHECK(CallOnce(*transport, StartOf("/helloworld.Greeter/SayHello"), Text("you")).end->status.ok());
  server.reset();
  options.listen = {address};
  server = StartServer(options);
  const Recorder call = CallOnce(*transport, StartOf("/helloworld.Greeter/SayHello"), Text("you"));
  CHECK(call.messages == Log{Text("Hello, you!")});
}

TEST_CASE("transport: a unix socket is a target like any other") {
  reference::ServerOptions options;
  options.listen = {};
  options.unix_path = "/tmp/rpcctl-test-" + std::to_string(getpid()) + ".sock";
  const auto server = StartServer(options);
  const auto transport = Make(To("unix:" + options.unix_path));
  CHECK(CallOnce(*transport, StartOf("/helloworld.Greeter/SayHello"), Text("you")).end->status.ok());
}

}  // namespace
}  // namespace rpcctl
