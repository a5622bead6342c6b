#include <doctest/doctest.h>

#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunWords;

TEST_CASE("list: every service the server names, sorted") {
  CHECK(Bench().Run({"list"}).out ==
        "grpc.health.v1.Health\n"
        "grpc.reflection.v1.ServerReflection\n"
        "grpc.reflection.v1alpha.ServerReflection\n"
        "hello.HelloService\n"
        "helloworld.Greeter\n"
        "routeguide.RouteGuide\n");
}

TEST_CASE("list: the methods of a service, by any unique ending of its name, in any case") {
  const Bench bench;
  for (const char* name : {"Greeter", "helloworld.Greeter", "greeter", "HELLOWORLD.GREETER"}) {
    CAPTURE(name);
    CHECK(bench.Run({"list", name}).out ==
          "helloworld.Greeter.SayHello\n"
          "helloworld.Greeter.SayHelloAgain\n"
          "helloworld.Greeter.SayHelloStreamReply\n");
  }
}

TEST_CASE("list: an unknown service is exit 4") {
  const Printed printed = Bench().Run({"list", "Greter"});
  CHECK(printed.exit_code == 4);
  CHECK(printed.err.find("did you mean 'helloworld.Greeter'?") != std::string::npos);
}

TEST_CASE("list: files need no server") {
  CHECK(RunWords({"list", "--proto", RPCCTL_PROTO_DIR "/hello.proto", "-t", "localhost:1"}).out ==
        "hello.HelloService\n");
}

TEST_CASE("list: -v tells where the schema comes from") {
  CHECK(Bench().Run({"list", "-v"}).err.starts_with("* schema: reflection of 127.0.0.1:"));
}

TEST_CASE("describe: a service and a message, each under a heading") {
  CHECK(Bench().Run({"describe", "Greeter.SayHello", "helloworld.HelloRequest"}).out ==
        "// method helloworld.Greeter.SayHello, in helloworld.proto\n"
        "rpc SayHello(HelloRequest) returns (HelloReply);\n"
        "\n"
        "// message helloworld.HelloRequest, in helloworld.proto\n"
        "message HelloRequest {\n"
        "  string name = 1;\n"
        "}\n");
}

TEST_CASE("describe: comments come with .proto files") {
  const Printed printed =
      RunWords({"describe", "HelloReply", "--proto", RPCCTL_PROTO_DIR "/helloworld.proto"});
  CHECK(printed.out ==
        "// message helloworld.HelloReply, in helloworld.proto\n"
        "// The greeting.\n"
        "message HelloReply {\n"
        "  string message = 1;\n"
        "}\n");
}

TEST_CASE("describe: fields, enums and enum values have a name each") {
  const Bench bench;
  CHECK(bench.Run({"describe", "Point.latitude"}).out.find("int32 latitude = 1;\n") != std::string::npos);
  CHECK(bench.Run({"describe", "ServingStatus"}).out.find("enum ServingStatus {\n") != std::string::npos);
  CHECK(bench.Run({"describe", "NOT_SERVING"}).out.find("NOT_SERVING = 2;\n") != std::string::npos);
}

TEST_CASE("describe: without a symbol all services are described") {
  const std::string out = Bench().Run({"describe"}).out;
  CHECK(out.find("service Greeter {\n") != std::string::npos);
  CHECK(out.find("service RouteGuide {\n") != std::string::npos);
}

TEST_CASE("describe: a terminal gets colours") {
  testing::RunSettings settings;
  settings.terminal = true;
  CHECK(Bench().Run({"describe", "helloworld.HelloRequest"}, settings).out.find("\x1b[") !=
        std::string::npos);
}

TEST_CASE("help and version: on standard output with exit 0, and nothing at all is help with exit 2") {
  CHECK(RunWords({"--help"}).exit_code == 0);
  CHECK(RunWords({"list", "--help"}).out.starts_with("Usage: rpcctl list [SERVICE]"));
  CHECK(RunWords({}).exit_code == 2);
  CHECK(RunWords({}).out.starts_with("rpcctl learns"));
  const std::string version = RunWords({"--version"}).out;
  for (const char* part : {"rpcctl ", "grpc++ ", "protobuf ", "OpenSSL "}) {
    CHECK(version.find(part) != std::string::npos);
  }
}

}  // namespace
}  // namespace rpcctl
