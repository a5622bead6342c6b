// --transport, as far as it goes before one program becomes the other.
#include <doctest/doctest.h>

#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Printed;
using testing::RunSettings;
using testing::RunWords;

// Nobody listens there.
const std::vector<std::string> kCall = {"call", "Greeter.SayHello", "name=you", "-t", "127.0.0.1:1"};

std::vector<std::string> CallOver(const std::string& transport) {
  std::vector<std::string> words = kCall;
  words.insert(words.end(), {"--transport", transport});
  return words;
}

std::string Other() {
  return testing::TestedTransport().name == "h2" ? "grpc" : "h2";
}

// Keeps which program it was asked to become, and fails to.
RunSettings Remembering(std::vector<std::string>& asked) {
  RunSettings settings;
  settings.become = [&](std::string_view name) {
    asked.emplace_back(name);
    return Error{ErrorKind::kUsage, "cannot become it", "do"};
  };
  return settings;
}

TEST_CASE("call: --transport of another program is asked for before anything is done") {
  std::vector<std::string> asked;
  std::vector<std::string> words = CallOver(Other());
  words.insert(words.end(), {"--timeout", "what is told later"});
  const Printed printed = RunWords(words, Remembering(asked));
  CHECK(asked == std::vector<std::string>{Other()});
  CHECK(printed.exit_code == 2);
  CHECK(printed.out.empty());
  CHECK(printed.err == "rpcctl: error: cannot become it\n  hint: do\n");
}

TEST_CASE("call: --transport of this program, or none, asks for no other") {
  std::vector<std::string> asked;
  CHECK(RunWords(CallOver(std::string(testing::TestedTransport().name)), Remembering(asked)).exit_code == 5);
  CHECK(RunWords(kCall, Remembering(asked)).exit_code == 5);
  CHECK(asked.empty());
}

TEST_CASE("call: --transport has two values") {
  std::vector<std::string> asked;
  const Printed printed = RunWords(CallOver("http3"), Remembering(asked));
  CHECK(printed.exit_code == 2);
  CHECK(printed.err ==
        "rpcctl: error: --transport: 'http3' is none of its values\n  hint: the values are h2 and grpc\n");
  CHECK(asked.empty());
}

TEST_CASE("call: of two --transport the last counts") {
  std::vector<std::string> asked, words = CallOver("nonsense");
  words.insert(words.end(), {"--transport", Other()});
  RunWords(words, Remembering(asked));
  CHECK(asked == std::vector<std::string>{Other()});
}

TEST_CASE("call: help is shown whatever the transport") {
  std::vector<std::string> asked;
  CHECK(RunWords({"call", "--transport", Other(), "--help"}, Remembering(asked)).exit_code == 0);
  CHECK(asked.empty());
}

}  // namespace
}  // namespace rpcctl
