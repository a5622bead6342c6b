#include "reference_server/server.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "hello.grpc.pb.h"
#include "tests/support/reference_server.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl::reference {
namespace {

// How SayHello over `channel` ends.
grpc::Status SayHello(const std::shared_ptr<grpc::Channel>& channel) {
  Call call;
  hello::HelloResponse response;
  return hello::HelloService::NewStub(channel)->SayHello(&call, {}, &response);
}

// How SayHello ends when the client has no more than `patience`.
grpc::Status SayHelloWithin(const Running& running, std::chrono::milliseconds patience) {
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + patience);
  hello::HelloResponse response;
  return hello::HelloService::NewStub(running.channel)->SayHello(&call, {}, &response);
}

TEST_CASE("server: a free port is told") {
  const Running running = Run();
  REQUIRE(running.server->addresses().size() == 1);
  const std::string address = running.server->addresses()[0];
  CHECK(address.starts_with("127.0.0.1:"));
  CHECK(address != "127.0.0.1:0");
  CHECK(SayHello(running.channel).ok());
}

TEST_CASE("server: listens on several addresses and a Unix socket") {
  const TemporaryDirectory directory;
  const std::string path = directory.Path("socket");
  const Running running = Run({.listen = {"127.0.0.1:0", "127.0.0.2:0"}, .unix_path = path});
  REQUIRE(running.server->addresses().size() == 3);
  CHECK(running.server->addresses()[2] == "unix:" + path);
  for (const std::string& address : running.server->addresses()) {
    CAPTURE(address);
    CHECK(SayHello(Dial(address)).ok());
  }
}

TEST_CASE("server: listens where a name leads to") {
  CHECK(WhyNotStarted({.listen = {"localhost:0"}}) == "");
}

TEST_CASE("server: listens on a Unix socket alone, which goes away with it") {
  const TemporaryDirectory directory;
  const std::string path = directory.Path("socket");
  {
    const Running running = Run({.listen = {}, .unix_path = path});
    CHECK(SayHello(running.channel).ok());
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("server: an address that other machines reach is refused") {
  for (const std::string address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:50051", "example.com:50051"}) {
    CAPTURE(address);
    CHECK(WhyNotStarted({.listen = {address}}) ==
          address + " can be reached from other machines, which --allow-remote allows");
  }
}

TEST_CASE("server: an address that other machines reach can be allowed") {
  CHECK(WhyNotStarted({.listen = {"0.0.0.0:0"}, .allow_remote = true}) == "");
}

TEST_CASE("server: a port that is taken is named with the reason") {
  const Running running = Run();
  const std::string taken = running.server->addresses()[0];
  CHECK(WhyNotStarted({.listen = {"127.0.0.1:0", taken}}) ==
        "cannot listen on " + taken + ": Address already in use");
}

TEST_CASE("server: a path that cannot be is named with the reason") {
  CHECK(WhyNotStarted({.listen = {}, .unix_path = "/nowhere/socket"}) ==
        "cannot listen on unix:/nowhere/socket: No such file or directory");
  const std::string path = "/tmp/" + std::string(200, 'a');
  CHECK(WhyNotStarted({.listen = {}, .unix_path = path}) ==
        "cannot listen on unix:" + path + ": the path is longer than 107 bytes");
}

TEST_CASE("server: a Unix socket is not taken away from a server that answers there") {
  const TemporaryDirectory directory;
  const std::string path = directory.Path("socket");
  const Running running = Run({.listen = {}, .unix_path = path});
  CHECK(WhyNotStarted({.listen = {}, .unix_path = path}) ==
        "cannot listen on unix:" + path + ": a server answers there");
  CHECK(SayHello(Dial("unix:" + path)).ok());
}

TEST_CASE("server: a file where the Unix socket should be stays what it is") {
  const TemporaryDirectory directory;
  const std::string path = directory.Write("socket", "a file");
  CHECK(WhyNotStarted({.listen = {}, .unix_path = path}) ==
        "cannot listen on unix:" + path + ": Address already in use");
  CHECK(directory.Read("socket") == "a file");
}

TEST_CASE("server: without an address it does not start") {
  CHECK(WhyNotStarted({.listen = {}}) == "there is no address to listen on");
}

TEST_CASE("server: more features than fit are refused") {
  CHECK(WhyNotStarted({.made_up_features = 400'000'001}) ==
        "400000001 features cannot be made up, at most 400000000");
  CHECK(WhyNotStarted({.made_up_features = -1}) == "-1 features cannot be made up, at most 400000000");
}

TEST_CASE("server: a data file that is not there keeps it from starting") {
  CHECK(WhyNotStarted({.data_file = "/nowhere.json"}) == "/nowhere.json: No such file or directory");
}

TEST_CASE("server: stopping ends the calls in progress, and doing it twice is harmless") {
  const Running running = Run();
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->BidiHello(&call);
  hello::HelloResponse response;
  REQUIRE(stream->Write({}));
  REQUIRE(stream->Read(&response));
  running.server->Stop();
  running.server->Stop();
  CHECK_FALSE(stream->Read(&response));
  CHECK_FALSE(stream->Finish().ok());
}

TEST_CASE("server: a call that cannot get a thread is refused, and those that have one go on") {
  const Running running = Run();
  auto stub = hello::HelloService::NewStub(running.channel);
  hello::HelloResponse response;
  std::vector<std::unique_ptr<Call>> calls;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<hello::HelloRequest, hello::HelloResponse>>> streams;
  do {
    calls.push_back(std::make_unique<Call>());
    streams.push_back(stub->BidiHello(calls.back().get()));
    streams.back()->Write({});
  } while (streams.back()->Read(&response) && streams.size() < 300);
  CHECK(streams.size() < 300);
  CHECK(streams.back()->Finish().error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
  REQUIRE(streams.front()->Write({}));
  CHECK(streams.front()->Read(&response));
  running.server->Stop();
  for (size_t index = 0; index + 1 < streams.size(); ++index) CHECK_FALSE(streams[index]->Finish().ok());
}

TEST_CASE("server: a delay holds back the first answer, and ends with the call") {
  const Running running = Run({.faults = {.delay = std::chrono::hours(1)}});
  CHECK(SayHelloWithin(running, std::chrono::milliseconds(20)).error_code() ==
        grpc::StatusCode::DEADLINE_EXCEEDED);
  running.server->Stop();
}

TEST_CASE("server: a delay ends when the server stops") {
  const Running running = Run({.faults = {.delay = std::chrono::hours(1)}});
  Call call;
  auto stream = hello::HelloService::NewStub(running.channel)->LotsOfReplies(&call, {});
  running.server->Stop();
  CHECK_FALSE(stream->Finish().ok());
}

TEST_CASE("server: a delay that passes lets the answer through") {
  const Running running = Run({.faults = {.delay = std::chrono::milliseconds(5)}});
  CHECK(SayHello(running.channel).ok());
}

TEST_CASE("server: the delay of reflection leaves the other calls alone") {
  const Running running = Run({.faults = {.reflection_delay = std::chrono::hours(1)}});
  CHECK(SayHello(running.channel).ok());
}

}  // namespace
}  // namespace rpcctl::reference
