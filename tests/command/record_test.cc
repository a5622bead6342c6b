#include <doctest/doctest.h>

#include "tests/support/run_in_process.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl::testing {
namespace {

// Records calls of the reference server, and runs what was recorded.
class Recorder final {
 public:
  Printed Call(std::vector<std::string> words, RunSettings settings = {}) const {
    words.insert(words.begin(), "call");
    words.insert(words.end(), {"--record", path()});
    return bench_.Run(words, std::move(settings));
  }
  // The script without its first line, which names the server.
  std::string Script() const {
    const std::string text = folder_.Read("s.rpc");
    return text.starts_with("set target ") ? text.substr(text.find('\n') + 1) : text;
  }
  Printed Test(RunSettings settings = {}) const { return bench_.Run({"test", path()}, std::move(settings)); }
  void Write(const std::string& text) const { folder_.Write("s.rpc", text); }
  std::string path() const { return folder_.Path("s.rpc"); }
  const Bench& bench() const { return bench_; }

 private:
  TemporaryDirectory folder_;
  Bench bench_;
};

TEST_CASE("call: --record makes the call, and adds it with what holds of it") {
  const Recorder recorder;
  CHECK(recorder.Call({"Greeter.SayHello", "name=you"}).out == "{\"message\":\"Hello, you!\"}\n");
  CHECK(recorder.Script() ==
        "\ncase SayHello\n  call helloworld.Greeter.SayHello name=you\n  expect OK\n"
        "  expect .message == 'Hello, you!'\n");
  CHECK(recorder.Test().exit_code == 0);
}

TEST_CASE("call: --record adds to what is there under a name of its own") {
  const Recorder recorder;
  CHECK(recorder.Call({"GetFeature", "latitude=409146138", "longitude=-746188906"}).exit_code == 0);
  CHECK(recorder.Call({"GetFeature", "latitude=1", "--timeout", "20s"}).exit_code == 0);
  CHECK(
      recorder.Script().ends_with("\ncase GetFeature 2\n  call routeguide.RouteGuide.GetFeature latitude=1 "
                                  "--timeout 20s\n  expect OK\n  expect .location.latitude == 1\n"));
  CHECK(recorder.Test().out.find("2 passed, 0 failed") != std::string::npos);
}

TEST_CASE("call: --record keeps how a call failed, which still decides about the exit code") {
  const Recorder recorder;
  CHECK(recorder.Call({"Greeter.SayHello", "name=abcdefghijk"}).exit_code == 67);
  CHECK(recorder.Script() ==
        "\ncase SayHello\n  call helloworld.Greeter.SayHello name=abcdefghijk\n  expect INVALID_ARGUMENT\n"
        "  expect status.message == 'Length of `Name` cannot be more than 10 characters'\n"
        "  expect detail google.rpc.BadRequest exists\n");
  CHECK(recorder.Test().exit_code == 0);
}

TEST_CASE("call: --record counts the responses of a stream, and keeps the messages of a request stream") {
  const Recorder recorder;
  CHECK(recorder.Call({"SayHelloStreamReply", "name=you", "--limit", "2"}).exit_code == 0);
  CHECK(recorder.Call({"LotsOfGreetings", "greeting=a", ",", "greeting=b c", ",", "{}"}).exit_code == 0);
  CHECK(recorder.Call({"BidiHello", "@-"}, {.standard_input = "{\"greeting\":\"a\"}{\"greeting\":\"b\"}"})
            .exit_code == 0);
  const std::string script = recorder.Script();
  CHECK(script.find("SayHelloStreamReply name=you --limit 2\n  expect OK\n  expect count == 2\n") !=
        std::string::npos);
  CHECK(script.find("LotsOfGreetings greeting=a , 'greeting=b c' , '{}'\n  expect OK\n  expect .reply == ") !=
        std::string::npos);
  CHECK(script.find("BidiHello greeting=a , greeting=b\n  expect OK\n  expect count == 2\n") !=
        std::string::npos);
  CHECK(recorder.Test().exit_code == 0);
}

TEST_CASE("call: --record keeps what would mean something in a script as what it is") {
  for (const std::string name :
       {"{{uuid}}", "${HOME}", "a # b", "it's \"q\"", "\\", " x ", "$(x) `y`", "a\tb\n", "\u202e", ""}) {
    CAPTURE(name);
    const Recorder recorder;
    CHECK(recorder.Call({"Greeter.SayHello", "name=" + name}).exit_code == 0);
    const Printed printed = recorder.Test();
    CHECK(printed.out.find("1 passed, 0 failed") != std::string::npos);
  }
}

TEST_CASE("call: --record writes no secret of a header, nor what echoes one") {
  const Recorder recorder;
  CHECK(recorder.Call({"Greeter.SayHello", "name=sesame1", "-H", "x-api-key: sesame1", "-H", "x-a: 1"})
            .exit_code == 0);
  const std::string script = recorder.Script();
  CHECK(script.find("set header \"x-api-key: {{env.X_API_KEY}}\"\nset header 'x-a: 1'\n") !=
        std::string::npos);
  CHECK(script.find("x-api-key: sesame1") == std::string::npos);
  CHECK(script.find("expect .message") == std::string::npos);
  CHECK(script.starts_with(
      "# x-api-key holds a secret, which is read from the environment variable X_API_KEY\n"));
  CHECK(recorder.Test().exit_code == 2);
  CHECK(recorder.Test({.environment = {{"X_API_KEY", "k"}}}).exit_code == 0);
}

TEST_CASE("call: --record says again only those headers that the script does not set") {
  const Recorder recorder;
  recorder.Write("set header 'x-a: 1'\ncase a\n  call Greeter.SayHello name=you\n");
  CHECK(recorder.Call({"Greeter.SayHello", "-H", "x-a: 1", "-H", "x-b: 2"}).exit_code == 0);
  CHECK(recorder.Script().find("call helloworld.Greeter.SayHello -H 'x-b: 2'\n") != std::string::npos);
  CHECK(recorder.Test().exit_code == 0);
}

TEST_CASE("call: --record says which headers of the script the call was made without") {
  const Recorder recorder;
  recorder.Write(
      "set header x-a: 1\nset header x-b: 2\nset header x-run: {{uuid}}\ncase a\n  call Greeter.SayHello\n");
  const Printed printed = recorder.Call({"Greeter.SayHello", "-H", "X-A:1", "-H", "x-b: 3"});
  CHECK(printed.exit_code == 0);
  const std::string told = "the script sends x-run with this call too, which was recorded without\n";
  const std::string other = "the script sends x-b too, with another value\n";
  CHECK(printed.err == "rpcctl: warning: --record: " + told + "rpcctl: warning: --record: " + other);
  CHECK(recorder.Script().find("\n# " + told + "# " + other +
                               "case SayHello\n  call helloworld.Greeter.SayHello -H 'x-b: 3'\n") !=
        std::string::npos);
  CHECK(recorder.Test().exit_code == 0);
}

TEST_CASE("call: --record says nothing of headers that the call had, wherever they came from") {
  const TemporaryDirectory folder;
  const Recorder recorder;
  recorder.Write(
      "set b 2\nset header x-a: 1\nset header x-b: {{b}}\nset header x-c: {{env.C}}\nset header x-d: 4\n"
      "case a\n  call Greeter.SayHello\n");
  const Printed printed =
      recorder.Call({"Greeter.SayHello", "--header-file", folder.Write("headers", "X-A:1\nx-b: 2\n"),
                     "--header-file", folder.Write("more", "x-c: 3\n"), "--call-header", "x-d: 4"},
                    {.environment = {{"C", "3"}}});
  CHECK(printed.exit_code == 0);
  CHECK(printed.err.empty());
  CHECK(recorder.Script().find("the script sends") == std::string::npos);
}

TEST_CASE("call: --record is refused before anything is sent where it could not be kept") {
  const Recorder recorder;
  recorder.Write("set target elsewhere:1\ncase a\n  call Greeter.SayHello\n");
  const Printed other = recorder.Call({"Greeter.SayHello", "name=you"});
  CHECK(other.exit_code == 2);
  CHECK(other.out.empty());
  CHECK(other.err.find("the script is for elsewhere:1, and the call for 127.0.0.1:") != std::string::npos);
  recorder.Write("case\n");
  CHECK(recorder.Call({"Greeter.SayHello", "name=you"}).exit_code == 2);
  CHECK(recorder.Call({"Greeter.SayHello", "--dry-run"})
            .err.find("--record and --dry-run exclude each other") != std::string::npos);
  CHECK(recorder.Script() == "case\n");
}

TEST_CASE("call: --record keeps nothing of a call that reached nobody") {
  const Recorder recorder;
  CHECK(recorder.Call({"Greeter.SayHello", "-t", "127.0.0.1:1"}).exit_code == 5);
  CHECK(recorder.Script().empty());
}

TEST_CASE("call: --record keeps no stream of requests that no script should hold") {
  const Recorder recorder;
  std::string requests;
  for (int i = 0; i < 1001; ++i) requests += "{}";
  const Printed printed = recorder.Call({"LotsOfGreetings", "@-"}, {.standard_input = requests});
  CHECK(printed.exit_code == 7);
  CHECK(printed.err.find("--record: the request stream is too long for a script") != std::string::npos);
  CHECK(recorder.Script().empty());
}

TEST_CASE("call: --as rpc prints a script that runs, options of the step and notes with it") {
  const Recorder recorder;
  const Printed printed =
      recorder.bench().Run({"call", "Greeter.SayHello", "name=you", "-H", "authorization: Bearer ${T}",
                            "--expand-env", "--timeout", "20s", "--compress", "gzip", "--max-message-size",
                            "1MiB", "--call-header", "x-c: 1", "--plaintext", "--as", "rpc"},
                           {.environment = {{"T", "sesame"}}});
  CHECK(printed.out.find("# to be run with: rpcctl test --plaintext\n") != std::string::npos);
  CHECK(printed.out.find("set header \"authorization: Bearer {{env.T}}\"\n") != std::string::npos);
  CHECK(
      printed.out.ends_with("\ncase SayHello\n  call helloworld.Greeter.SayHello name=you -H 'x-c: 1' "
                            "--timeout 20s --compress gzip "
                            "--max-message-size 1MiB\n  expect OK\n"));
  recorder.Write(printed.out);
  CHECK(recorder.Test({.environment = {{"T", "sesame"}}}).exit_code == 0);
}

}  // namespace
}  // namespace rpcctl::testing
