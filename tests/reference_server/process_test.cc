#include <doctest/doctest.h>

#include "hello.grpc.pb.h"
#include "helloworld.grpc.pb.h"
#include "tests/support/reference_server.h"
#include "tests/support/server_process.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl::reference {
namespace {

// How many replies LotsOfReplies brings from `target`, and how it ends.
std::pair<size_t, grpc::Status> CountReplies(const std::string& target) {
  Call call;
  auto stream = hello::HelloService::NewStub(Dial(target))->LotsOfReplies(&call, {});
  const size_t count = ReadAll<hello::HelloResponse>(*stream).size();
  return {count, stream->Finish()};
}

TEST_CASE("process: tells where it listens, and serves there") {
  ServerProcess process({"--listen", "127.0.0.1:0"});
  const std::string line = process.ReadLine();
  CHECK(line.starts_with("listening on 127.0.0.1:"));
  CHECK(CountReplies(line.substr(13)).first == 5);
}

TEST_CASE("process: a line for each address") {
  const TemporaryDirectory directory;
  ServerProcess process({"--listen", "127.0.0.1:0", "--unix", directory.Path("socket")});
  CHECK(process.ReadLine().starts_with("listening on 127.0.0.1:"));
  CHECK(process.ReadLine() == "listening on unix:" + directory.Path("socket"));
  CHECK(CountReplies("unix:" + directory.Path("socket")).first == 5);
}

TEST_CASE("process: SIGTERM and SIGINT stop it with exit code 0") {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess process({"--listen", "127.0.0.1:0"});
    CHECK(process.Target() != "");
    process.Signal(signal);
    CHECK(process.ExitCode() == 0);
    CHECK(process.ReadLine() == "");
  }
}

TEST_CASE("process: SIGTERM stops it while calls are in progress") {
  ServerProcess process({"--listen", "127.0.0.1:0"});
  Call call;
  auto stream = hello::HelloService::NewStub(Dial(process.Target()))->BidiHello(&call);
  hello::HelloResponse response;
  REQUIRE(stream->Write({}));
  REQUIRE(stream->Read(&response));
  process.Signal(SIGTERM);
  CHECK(process.ExitCode() == 0);
  CHECK_FALSE(stream->Finish().ok());
}

TEST_CASE("process: a port that is taken is exit code 1, with the address in the one line it says") {
  const Running running = Run();
  const std::string taken = running.server->addresses()[0];
  ServerProcess process({"--listen", taken});
  CHECK(process.ReadLine() ==
        "rpcctl-reference-server: cannot listen on " + taken + ": Address already in use");
  CHECK(process.ReadLine() == "");
  CHECK(process.ExitCode() == 1);
}

TEST_CASE("process: a wrong option is exit code 2") {
  ServerProcess process({"--features", "many"});
  CHECK(process.ExitCode() == 2);
}

TEST_CASE("process: dies before the message after the last it was told, and the client has had all") {
  ServerProcess process({"--listen", "127.0.0.1:0", "--die-after", "3"});
  Call call;
  auto stream = hello::HelloService::NewStub(Dial(process.Target()))->BidiHello(&call);
  hello::HelloResponse response;
  for (int number = 0; number < 3; ++number) {
    REQUIRE(stream->Write({}));
    REQUIRE(stream->Read(&response));
  }
  stream->Write({});
  CHECK_FALSE(stream->Read(&response));
  CHECK(stream->Finish().error_code() == grpc::StatusCode::UNAVAILABLE);
  CHECK(process.ExitCode() == 9);
}

TEST_CASE("process: dies before the first message") {
  ServerProcess process({"--listen", "127.0.0.1:0", "--die-after", "0"});
  const auto [arrived, status] = CountReplies(process.Target());
  CHECK(arrived == 0);
  CHECK(status.error_code() == grpc::StatusCode::UNAVAILABLE);
  CHECK(process.ExitCode() == 9);
}

TEST_CASE("process: dies instead of ending a stream that has just as many messages") {
  ServerProcess process({"--listen", "127.0.0.1:0", "--die-after", "5"});
  const auto [arrived, status] = CountReplies(process.Target());
  // The client's library may drop what it has not handed over when the connection breaks.
  CHECK(arrived <= 5);
  CHECK_FALSE(status.ok());
  CHECK(process.ExitCode() == 9);
}

TEST_CASE("process: what is not a stream does not make it die") {
  ServerProcess process({"--listen", "127.0.0.1:0", "--die-after", "0"});
  Call call;
  helloworld::HelloReply reply;
  CHECK(helloworld::Greeter::NewStub(Dial(process.Target()))->SayHello(&call, {}, &reply).ok());
  process.Signal(SIGTERM);
  CHECK(process.ExitCode() == 0);
}

}  // namespace
}  // namespace rpcctl::reference
