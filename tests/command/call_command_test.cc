#include <doctest/doctest.h>

#include "tests/support/paths.h"
#include "tests/support/run_in_process.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunSettings;
using testing::RunWords;

const std::string kProto = testing::ProtoPath("helloworld.proto");

TEST_CASE("call: the main job") {
  const Printed printed = Bench().Run({"call", "Greeter.SayHello", "name=you"});
  CHECK(printed.exit_code == 0);
  CHECK(printed.out == "{\"message\":\"Hello, you!\"}\n");
  CHECK(printed.err.empty());
}

TEST_CASE("call: a failed call tells its status, message and detail, and exits with 64 and the code") {
  const Printed printed = Bench().Run({"call", "Greeter.SayHello", "name=abcdefghijk"});
  CHECK(printed.exit_code == 67);
  CHECK(printed.out.empty());
  CHECK(printed.err ==
        "rpcctl: error: INVALID_ARGUMENT (3): Length of `Name` cannot be more than 10 characters\n"
        "  detail: google.rpc.BadRequest {\"fieldViolations\":[{\"field\":\"name\",\"description\":\"Length "
        "of `Name` "
        "cannot be more than 10 characters\"}]}\n");
}

TEST_CASE("call: a terminal gets indented documents in colour, a pipe lines") {
  const Bench bench;
  RunSettings settings;
  settings.terminal = true;
  const std::string shown = bench.Run({"call", "Greeter.SayHello", "name=you"}, settings).out;
  CHECK(shown.find("\x1b[") != std::string::npos);
  CHECK(std::count(shown.begin(), shown.end(), '\n') == 3);
  settings.environment["NO_COLOR"] = "1";
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you"}, settings).out ==
        "{\n  \"message\": \"Hello, you!\"\n}\n");
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "-o", "json"}).out ==
        "{\n  \"message\": \"Hello, you!\"\n}\n");
}

TEST_CASE("call: --color always colours a pipe, never leaves a terminal plain") {
  const Bench bench;
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "--color", "always"}).out.find("\x1b[") !=
        std::string::npos);
  RunSettings settings;
  settings.terminal = true;
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "--color=never"}, settings).out.find('\x1b') ==
        std::string::npos);
}

TEST_CASE("call: requests of a stream from items, separated by commas") {
  const Printed printed = Bench().Run({"call", "LotsOfGreetings", "greeting=a", ",", "greeting=b"});
  CHECK(printed.exit_code == 0);
  CHECK(printed.out == "{\"reply\":\"Hello, a, b!\"}\n");
}

TEST_CASE("call: requests of a stream from standard input, one document after another") {
  RunSettings settings;
  settings.standard_input = "{\"greeting\":\"a\"}\n{\"greeting\":\n\"b\"}";
  const Bench bench;
  CHECK(bench.Run({"call", "BidiHello", "@-"}, settings).out ==
        "{\"reply\":\"Hello, a!\"}\n{\"reply\":\"Hello, b!\"}\n");
  CHECK(bench.Run({"call", "BidiHello", "-d", "@-"}, settings).out ==
        "{\"reply\":\"Hello, a!\"}\n{\"reply\":\"Hello, b!\"}\n");
}

TEST_CASE("call: a bad document in the middle ends the call; the ones before were answered") {
  RunSettings settings;
  settings.standard_input = "{\"greeting\":\"a\"}\n{\"greting\":\"b\"}\n";
  const Printed printed = Bench().Run({"call", "BidiHello", "@-"}, settings);
  CHECK(printed.exit_code == 3);
  CHECK(printed.err.starts_with("rpcctl: error: document 2: line 2, column "));
  CHECK(printed.err.find("did you mean 'greeting'?") != std::string::npos);
}

TEST_CASE("call: a unary method takes one message, no more and no fewer") {
  const Bench bench;
  RunSettings two;
  two.standard_input = "{}{}";
  CHECK(
      bench.Run({"call", "Greeter.SayHello", "@-"}, two)
          .err.starts_with(
              "rpcctl: error: helloworld.Greeter.SayHello takes one request message, but there are more\n"));
  CHECK(bench.Run({"call", "Greeter.SayHello", "@-"})
            .err.starts_with("rpcctl: error: helloworld.Greeter.SayHello takes one request message, but the "
                             "data holds none\n"));
  CHECK(bench.Run({"call", "Greeter.SayHello"}).out == "{\"message\":\"Hello, !\"}\n");
}

TEST_CASE("call: items are laid over each document") {
  RunSettings settings;
  settings.standard_input = "{\"latitude\":407838351} {\"latitude\":1}";
  const Printed printed = Bench().Run(
      {"call", "RecordRoute", "@-", "longitude=-746143763", "-f", "{pointCount} {featureCount}"}, settings);
  CHECK(printed.err.empty());
  CHECK(printed.out == "2 1\n");
}

TEST_CASE("call: a template prints a line for each message") {
  const Printed printed = Bench().Run(
      {"call", "ListFeatures", "lo.latitude=413628156", "lo.longitude=-749015468", "hi.latitude=413628156",
       "hi.longitude=-749015468", "-f", "Feature called {name} at {{{location.latitude}}}"});
  CHECK(printed.out == "Feature called U.S. 6, Shohola, PA 18458, USA at {413628156}\n");
}

TEST_CASE("call: --limit ends a stream with success") {
  const Printed printed = Bench().Run({"call", "SayHelloStreamReply", "name=you", "--limit", "2"});
  CHECK(printed.exit_code == 0);
  CHECK(std::count(printed.out.begin(), printed.out.end(), '\n') == 2);
}

TEST_CASE("call: -o none prints the count on standard error") {
  const Printed printed = Bench().Run({"call", "SayHelloStreamReply", "name=you", "-o", "none"});
  CHECK(printed.out.empty());
  CHECK(printed.err == "5 messages\n");
}

TEST_CASE("call: --dry-run prints the requests and makes no call") {
  // Nobody listens there: with the schema from a file nothing is dialled.
  const Printed printed =
      RunWords({"call", "SayHello", "name=x", "--dry-run", "--proto", kProto, "-t", "localhost:1"});
  CHECK(printed.exit_code == 0);
  CHECK(printed.out == "{\"name\":\"x\"}\n");
}

TEST_CASE("call: a refused port is exit 5, with the address and the cause") {
  const Printed printed = RunWords({"call", "SayHello", "--proto", kProto, "-t", "127.0.0.1:1"});
  CHECK(printed.exit_code == 5);
  CHECK(printed.err ==
        "rpcctl: error: cannot connect to 127.0.0.1:1: Connection refused\n"
        "  hint: is the server running there? -t names another address\n");
}

TEST_CASE("call: a server without reflection is exit 4 with a hint to --proto, and works with it") {
  reference::ServerOptions options;
  options.reflection = reference::Reflection::kNone;
  const Bench bench(options);
  const Printed printed = bench.Run({"call", "Greeter.SayHello", "name=you"});
  CHECK(printed.exit_code == 4);
  CHECK(printed.err.find("does not serve reflection\n  hint: give the schema with --proto FILE\n") !=
        std::string::npos);
  CHECK(bench.Run({"call", "Greeter.SayHello", "name=you", "--proto", kProto}).out ==
        "{\"message\":\"Hello, you!\"}\n");
}

TEST_CASE("call: reflection of either version alone is enough") {
  for (const auto version : {reference::Reflection::kV1, reference::Reflection::kV1Alpha}) {
    reference::ServerOptions options;
    options.reflection = version;
    CHECK(Bench(options).Run({"call", "Greeter.SayHello", "name=you"}).out ==
          "{\"message\":\"Hello, you!\"}\n");
  }
}

TEST_CASE("call: an ambiguous method lists the candidates, an unknown one the nearest") {
  const Bench bench;
  const Printed ambiguous = bench.Run({"call", "SayHello"});
  CHECK(ambiguous.exit_code == 2);
  CHECK(ambiguous.err.find("hello.HelloService.SayHello\n") != std::string::npos);
  CHECK(ambiguous.err.find("helloworld.Greeter.SayHello\n") != std::string::npos);
  const Printed unknown = bench.Run({"call", "Greeter.SayHelo"});
  CHECK(unknown.exit_code == 4);
  CHECK(unknown.err.find("did you mean 'SayHello'?") != std::string::npos);
}

TEST_CASE("call: metadata is sent, comes back, and secrets are masked in what -v tells") {
  const Printed printed = Bench().Run(
      {"call", "Greeter.SayHello", "name=you", "-v", "-H", "X-Team: a", "-H", "authorization: c4n4ry"});
  CHECK(printed.err.find("> x-team: a\n") != std::string::npos);
  CHECK(printed.err.find("< x-team: a\n") != std::string::npos);
  CHECK(printed.err.find("c4n4ry") == std::string::npos);
  CHECK(printed.out == "{\"message\":\"Hello, you!\"}\n");
}

TEST_CASE("call: what a secret of a file is worth when the server sends it back") {
  const TemporaryDirectory folder;
  const std::string file = folder.Write("h", "x-team: c4n4ry\n");
  const Printed printed = Bench().Run({"call", "Greeter.SayHello", "name=you", "-v", "--header-file", file});
  CHECK(printed.err.find("> x-team: ***\n") != std::string::npos);
  CHECK(printed.err.find("< x-team: ***\n") != std::string::npos);
  CHECK(printed.err.find("c4n4ry") == std::string::npos);
}

TEST_CASE("call: a file that an option names and that cannot be read is exit 3") {
  for (const std::string option : {"--cacert", "--cert", "--header-file"}) {
    const Printed printed = RunWords({"call", "SayHello", "--proto", kProto, option, "/nonexistent/x"});
    CHECK(printed.exit_code == 3);
    CHECK(printed.err.find("cannot read '/nonexistent/x': No such file or directory") != std::string::npos);
  }
}

TEST_CASE("call: wrong options are exit 2 and name themselves") {
  const std::pair<std::vector<std::string>, const char*> kWrong[] = {
      {{"--timeout", "0s"}, "--timeout: '0s' is not a time limit"},
      {{"--timeout", "5"}, "--timeout: '5' has no unit"},
      {{"--connect-timeout", "x"}, "--connect-timeout: 'x' is not a duration"},
      {{"--limit", "0"}, "--limit: '0' is not a number of messages"},
      {{"--max-message-size", "4 MiB"}, "--max-message-size: '4 MiB' is not a size"},
      {{"-o", "yaml"}, "--output: 'yaml' is none of its values"},
      {{"-o", "json", "-f", "x"}, "--format and --output exclude each other"},
      {{"-f", "{nam}"}, "--format: "},
      {{"-H", "te: x"}, "--header: header 'te'"},
      {{"-t", "host:0"}, "--target: target 'host:0'"},
      {{"--color", "blue"}, "--color: 'blue' is none of its values"},
      {{"--compress", "zip"}, "--compress: 'zip' is not known"},
      {{"--plaintext", "--tls"}, "--plaintext and --tls exclude each other"},
      {{"--key", "k.pem"}, "--key needs --cert"},
      {{"--authority", "a/b"}, "--authority: 'a/b' is no authority"},
      {{"--expand-env", "-H", "x: ${NOT_THERE}"}, "--header: the environment has no variable 'NOT_THERE'"},
      {{"--header-file", "-"}, "--header-file: '-' is no file"},
      {{"-d", "{}", ","}, ""},
  };
  for (const auto& [words, message] : kWrong) {
    CAPTURE(message);
    std::vector<std::string> line = {"call", "SayHello", "--proto", kProto};
    line.insert(line.end(), words.begin(), words.end());
    const Printed printed = RunWords(line);
    CHECK(printed.exit_code == 2);
    CHECK(printed.err.starts_with(std::string("rpcctl: error: ") + message));
  }
}

TEST_CASE("call: credentials go to another machine without TLS only when that is said") {
  const Printed printed = RunWords(
      {"call", "SayHello", "--proto", kProto, "-t", "192.0.2.1:1", "--plaintext", "-H", "authorization: x"});
  CHECK(printed.exit_code == 2);
  CHECK(printed.err.find("--allow-plaintext-credentials") != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
