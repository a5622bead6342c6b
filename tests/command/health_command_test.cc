#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunWords;

reference::ServerOptions NotServing(std::vector<std::string> services) {
  reference::ServerOptions options;
  options.not_serving = std::move(services);
  return options;
}

TEST_CASE("health: a server and each of its services that serve") {
  const Bench bench;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"health"}, {"health", "helloworld.Greeter"}, {"health", ""}}) {
    const Printed printed = bench.Run(words);
    CHECK(printed.exit_code == 0);
    CHECK(printed.out == "SERVING\n");
    CHECK(printed.err.empty());
  }
}

TEST_CASE("health: what does not serve is exit 8, its state printed all the same") {
  const Bench bench(NotServing({"", "helloworld.Greeter"}));
  const Printed server = bench.Run({"health"});
  CHECK(server.exit_code == 8);
  CHECK(server.out == "NOT_SERVING\n");
  CHECK(server.err == "rpcctl: error: the server is NOT_SERVING\n");
  const Printed service = bench.Run({"health", "helloworld.Greeter"});
  CHECK(service.exit_code == 8);
  CHECK(service.err == "rpcctl: error: helloworld.Greeter is NOT_SERVING\n");
  CHECK(bench.Run({"health", "hello.HelloService"}).exit_code == 0);
}

TEST_CASE("health: an unknown service is exit 69; the name is sent as it is typed") {
  const Bench bench;
  const Printed printed = bench.Run({"health", "Greeter"});
  CHECK(printed.exit_code == 69);
  CHECK(printed.out.empty());
  CHECK(printed.err == "rpcctl: error: NOT_FOUND (5): unknown service 'Greeter'\n");
}

TEST_CASE("health: a server without a health service is exit 76, no server exit 5") {
  reference::ServerOptions options;
  options.health = false;
  CHECK(Bench(options).Run({"health"}).exit_code == 76);
  const Printed nobody = RunWords({"health", "-t", "127.0.0.1:1"});
  CHECK(nobody.exit_code == 5);
  CHECK(nobody.err.find("Connection refused") != std::string::npos);
}

TEST_CASE("health: reflection is not needed, and not asked") {
  reference::ServerOptions options;
  options.reflection = reference::Reflection::kNone;
  CHECK(Bench(options).Run({"health"}).out == "SERVING\n");
}

TEST_CASE("health: --watch with --limit ends by the last state") {
  const Printed serving = Bench().Run({"health", "--watch", "--limit", "1"});
  CHECK(serving.exit_code == 0);
  CHECK(serving.out == "SERVING\n");
  const Bench bench(NotServing({""}));
  CHECK(bench.Run({"health", "--watch", "--limit", "1"}).exit_code == 8);
  const Printed unknown = bench.Run({"health", "nobody", "--watch", "--limit=1"});
  CHECK(unknown.exit_code == 8);
  CHECK(unknown.out == "SERVICE_UNKNOWN\n");
  CHECK(unknown.err == "rpcctl: error: nobody is SERVICE_UNKNOWN\n");
}

TEST_CASE("health: --timeout ends a watch") {
  const Printed printed = Bench().Run({"health", "--watch", "--timeout", "300ms"});
  CHECK(printed.exit_code == 68);
  CHECK(printed.out == "SERVING\n");
}

TEST_CASE("health: -v tells of the call, -H is sent with it") {
  const Printed printed = Bench().Run({"health", "-v", "-H", "X-Team: a"});
  CHECK(printed.err.starts_with("* method /grpc.health.v1.Health/Check (unary)\n"));
  CHECK(printed.err.find("> x-team: a\n") != std::string::npos);
  CHECK(printed.out == "SERVING\n");
}

TEST_CASE("health: --status json tells that the state is not as hoped for, and how the call went") {
  const Bench bench(NotServing({""}));
  const Printed printed = bench.Run({"health", "--status", "json"});
  CHECK(printed.exit_code == 8);
  CHECK(printed.out == "NOT_SERVING\n");
  CHECK(printed.err.starts_with(
      "{\"code\":\"EXPECTATION\",\"number\":8,\"message\":\"the server is NOT_SERVING\",\"headers\":"));
  CHECK(printed.err.find("\"received\":1") != std::string::npos);
  CHECK(std::count(printed.err.begin(), printed.err.end(), '\n') == 1);
  CHECK(bench.Run({"health", "nobody", "--status=json"})
            .err.starts_with("{\"code\":\"NOT_FOUND\",\"number\":5,"));
  CHECK(RunWords({"health", "--limit=1", "--status=json"})
            .err.starts_with("{\"code\":\"USAGE\",\"number\":2,"));
}

TEST_CASE("health: wrong words are exit 2") {
  CHECK(RunWords({"health", "--limit", "2"}).err ==
        "rpcctl: error: --limit counts the states of --watch, which is not given\n"
        "  hint: without --watch there is one state\n");
  CHECK(RunWords({"health", "--watch", "--limit", "0"})
            .err.starts_with("rpcctl: error: --limit: '0' is not a number of states\n"));
  CHECK(RunWords({"health", "a", "b"}).exit_code == 2);
  CHECK(RunWords({"health", "\xff"}).err == "rpcctl: error: the service '\\xff' is not UTF-8\n");
  CHECK(RunWords({"health", "--timeout", "5"}).exit_code == 2);
}

}  // namespace
}  // namespace rpcctl
