#include <doctest/doctest.h>

#include "tests/support/file_tree.h"
#include "tests/support/paths.h"
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
  CHECK(RunWords({"list", "--proto", testing::ProtoPath("hello.proto"), "-t", "localhost:1"}).out ==
        "hello.HelloService\n");
}

TEST_CASE("list: -v tells where the schema comes from") {
  CHECK(Bench().Run({"list", "-v"}).err.starts_with("* schema: reflection of 127.0.0.1:"));
}

TEST_CASE("list: -l adds what methods take and return, of one service or of all") {
  const Bench bench;
  CHECK(bench.Run({"list", "-l", "HelloService"}).out ==
        "hello.HelloService.BidiHello(stream hello.HelloRequest) returns (stream hello.HelloResponse)\n"
        "hello.HelloService.Introduce(hello.Person) returns (hello.HelloResponse)\n"
        "hello.HelloService.LotsOfGreetings(stream hello.HelloRequest) returns (hello.HelloResponse)\n"
        "hello.HelloService.LotsOfReplies(hello.HelloRequest) returns (stream hello.HelloResponse)\n"
        "hello.HelloService.SayHello(hello.HelloRequest) returns (hello.HelloResponse)\n");
  const std::string all = bench.Run({"list", "--long"}).out;
  CHECK(
      all.starts_with("grpc.health.v1.Health.Check(grpc.health.v1.HealthCheckRequest) returns "
                      "(grpc.health.v1.HealthCheckResponse)\n"));
  CHECK(all.find("\nrouteguide.RouteGuide.RouteChat(stream routeguide.RouteNote) returns (stream "
                 "routeguide.RouteNote)\n") != std::string::npos);
}

TEST_CASE("list: a service of which there is no more to tell is there with -l too") {
  const FileTree tree{
      {"a.proto", "syntax = \"proto3\"; package a; message M {} service Empty {}"},
      {"b.proto", "syntax = \"proto3\"; package b; service Broken { rpc Do(M) returns (M); }"}};
  const Printed printed = RunWords({"list", "-l", "--proto", tree.path()});
  CHECK(printed.out == "a.Empty\nb.Broken\n");
  CHECK(printed.exit_code == 4);
  CHECK(printed.err == "rpcctl: error: " + tree / "b.proto" + ":1:55: \"M\" is not defined\n  hint: also " +
                           tree / "b.proto" + ":1:67: \"M\" is not defined\n");
}

TEST_CASE("list: the server stands behind the files with --reflection") {
  const Bench bench;
  const std::string proto = testing::ProtoPath("hello.proto");
  CHECK(bench.Run({"list", "--proto", proto}).out == "hello.HelloService\n");
  CHECK(bench.Run({"list", "--proto", proto, "--reflection"}).out == bench.Run({"list"}).out);
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "--proto", proto, "--reflection"}).out ==
        "{\"message\":\"Hello, you!\"}\n");
  CHECK(bench.Run({"list", "--reflection"}).out == bench.Run({"list"}).out);
  CHECK(bench.Run({"list", "Greeter", "--proto", proto}).exit_code == 4);
}

TEST_CASE("list: a server that is not there is told, when it was asked for besides files") {
  CHECK(RunWords({"list", "--proto", testing::ProtoPath("hello.proto"), "--reflection", "-t", "localhost:1"})
            .exit_code == 5);
}

TEST_CASE("describe: as JSON, one document a symbol") {
  CHECK(Bench().Run({"describe", "Greeter.SayHello", "RouteNote", "-o", "json"}).out == R"({
  "name": "SayHello",
  "inputType": ".helloworld.HelloRequest",
  "outputType": ".helloworld.HelloReply"
}
{
  "name": "RouteNote",
  "field": [
    {
      "name": "location",
      "number": 1,
      "label": "LABEL_OPTIONAL",
      "type": "TYPE_MESSAGE",
      "typeName": ".routeguide.Point",
      "jsonName": "location"
    },
    {
      "name": "message",
      "number": 2,
      "label": "LABEL_OPTIONAL",
      "type": "TYPE_STRING",
      "jsonName": "message"
    }
  ]
}
)");
}

TEST_CASE("describe: options of one's own are in the JSON by their names") {
  const FileTree tree{
      {"opt.proto", R"(syntax = "proto2"; package o; import "google/protobuf/descriptor.proto";
    extend google.protobuf.FieldOptions { optional string role = 50001; }
    message M { optional int32 i = 1 [(role) = "id"]; })"}};
  const std::string out = RunWords({"describe", "o.M.i", "-o", "json", "--proto", tree.path()}).out;
  CHECK(out.find("\"[o.role]\": \"id\"") != std::string::npos);
}

TEST_CASE("describe: -o proto is the default, and another form is a mistake that is told before anything") {
  const Bench bench;
  CHECK(bench.Run({"describe", "RouteNote", "-o", "proto"}).out == bench.Run({"describe", "RouteNote"}).out);
  const Printed printed = RunWords({"describe", "-o", "yaml", "-t", "localhost:1"});
  CHECK(printed.exit_code == 2);
  CHECK(printed.err ==
        "rpcctl: error: --output: 'yaml' is none of its values\n  hint: the values are proto and json\n");
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
      RunWords({"describe", "HelloReply", "--proto", testing::ProtoPath("helloworld.proto")});
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
  const std::string library(testing::TestedTransport().library);
  for (const std::string& part :
       {std::string("rpcctl "), library + " ", std::string("protobuf "), std::string("OpenSSL ")})
    CHECK(version.find(part) != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
