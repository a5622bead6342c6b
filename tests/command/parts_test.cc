// The small parts of the command line that need no server.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/exit_code.h"
#include "cmd/rpcctl/help_text.h"
#include "cmd/rpcctl/interrupt.h"
#include "cmd/rpcctl/opaque_words.h"
#include "tests/support/paths.h"
#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("exit code: each kind of error has its own") {
  const std::pair<ErrorKind, int> kCodes[] = {{ErrorKind::kInternal, 1}, {ErrorKind::kUsage, 2},
                                              {ErrorKind::kInput, 3},    {ErrorKind::kSchema, 4},
                                              {ErrorKind::kConnect, 5},  {ErrorKind::kTls, 6},
                                              {ErrorKind::kOutput, 7},   {ErrorKind::kExpectation, 8}};
  for (const auto& [kind, code] : kCodes) CHECK(ExitCodeOf(Error{kind, "x"}) == code);
  CHECK(ExitCodeOf(Error{ErrorKind::kStatus, "x", "", kUnauthenticated}) == 80);
}

TEST_CASE("exit code: a status is 64 and its number, an unknown number is UNKNOWN") {
  CHECK(ExitCodeOfStatus(0) == 0);
  CHECK(ExitCodeOfStatus(1) == 65);
  CHECK(ExitCodeOfStatus(16) == 80);
  CHECK(ExitCodeOfStatus(17) == 66);
  CHECK(ExitCodeOfStatus(-7) == 66);
}

TEST_CASE("opaque words: the command comes first, everything but options is hidden, and shown again") {
  OpaqueWords words;
  const auto takes_value = [](std::string_view option) { return option == "-t" || option == "--target"; };
  const Words typed = {"-v", "--target=h:1", "call", "M", "[a,b]", "-th:2", "--", "-x"};
  const Words seen = words.Hide(typed, takes_value);
  CHECK(seen == Words{"call", "-v", "--target", "@0", "@1", "@2", "-t", "@3", "@4"});
  Words shown = seen;
  for (std::string& word : shown) words.Show(word);
  CHECK(shown == Words{"call", "-v", "--target", "h:1", "M", "[a,b]", "-t", "h:2", "-x"});
}

TEST_CASE("opaque words: what only looks like a token stays as it is") {
  OpaqueWords words;
  const Words seen = words.Hide(Words{"call", "@0"}, [](std::string_view) { return false; });
  for (std::string word : {"@", "@x", "@7", "@0x", "call"}) {
    const std::string before = word;
    words.Show(word);
    CHECK(word == before);
  }
  std::string token = seen[1];
  words.Show(token);
  CHECK(token == "@0");
}

TEST_CASE("interrupt: a signal is caught, told, and the next one is not asked") {
  struct sigaction now {};
  {
    Interrupt interrupt;
    CHECK(Interrupt::Signal() == 0);
    interrupt.Catch();
    raise(SIGTERM);
    CHECK(Interrupt::Signal() == SIGTERM);
    char byte = 1;
    CHECK(read(interrupt.descriptor(), &byte, 1) == 1);
    sigaction(SIGTERM, nullptr, &now);
    CHECK((now.sa_handler == SIG_DFL));
    sigaction(SIGINT, nullptr, &now);
    CHECK((now.sa_handler == SIG_DFL));
  }
  sigaction(SIGHUP, nullptr, &now);
  CHECK((now.sa_handler == SIG_DFL));
}

TEST_CASE("interrupt: a signal that was ignored stays ignored") {
  struct sigaction before {};
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGHUP, &ignored, &before);
  {
    Interrupt interrupt;
    interrupt.Catch();
    raise(SIGHUP);
    CHECK(Interrupt::Signal() == 0);
    raise(SIGTERM);
    struct sigaction now {};
    sigaction(SIGHUP, nullptr, &now);
    CHECK((now.sa_handler == SIG_IGN));
  }
  sigaction(SIGHUP, &before, nullptr);
}

Colour ColourOf(const std::string& choice, bool terminal, std::map<std::string, std::string> environment) {
  StringOutput out, err;
  const Surroundings around{
      0, out, err, terminal, terminal, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
      }};
  return ColourFor(choice, terminal, around);
}

TEST_CASE("colour: auto means a terminal that wants it; the other two mean what they say") {
  CHECK(ColourOf("auto", true, {}) == Colour::kOn);
  CHECK(ColourOf("auto", false, {}) == Colour::kOff);
  CHECK(ColourOf("auto", true, {{"NO_COLOR", "1"}}) == Colour::kOff);
  CHECK(ColourOf("auto", true, {{"NO_COLOR", ""}}) == Colour::kOn);
  CHECK(ColourOf("auto", true, {{"TERM", "dumb"}}) == Colour::kOff);
  CHECK(ColourOf("always", false, {{"NO_COLOR", "1"}}) == Colour::kOn);
  CHECK(ColourOf("never", true, {}) == Colour::kOff);
}

TEST_CASE("target: the option wins over the environment, and each is named when it is wrong") {
  const std::string proto = testing::ProtoPath("helloworld.proto");
  testing::RunSettings settings;
  settings.environment["RPCCTL_TARGET"] = "127.0.0.1:1";
  CHECK(testing::RunWords({"call", "SayHello", "--proto", proto}, settings).err.find("127.0.0.1:1: ") !=
        std::string::npos);
  CHECK(testing::RunWords({"call", "SayHello", "--proto", proto, "-t", "127.0.0.2:1"}, settings)
            .err.find("127.0.0.2:1: ") != std::string::npos);
  settings.environment["RPCCTL_TARGET"] = "host:x";
  CHECK(testing::RunWords({"list"}, settings)
            .err.starts_with("rpcctl: error: RPCCTL_TARGET: target 'host:x': "));
}

TEST_CASE("help text: words, options by group, examples") {
  CommandRow row{
      "do", "does it", {{"THING", true, false}, {"MORE", false, true}}, {}, "Examples:\n  rpcctl do x\n"};
  row.options.push_back({{"-t"}, {"--target"}, true, "ADDR", "where", "Connection"});
  row.options.push_back({{}, {"--dry-run"}, false, "", "nothing is sent", "Request"});
  CHECK(CommandHelp(row) ==
        "Usage: rpcctl do THING [MORE...] [OPTION...]\n"
        "\n"
        "does it\n"
        "\n"
        "Request:\n"
        "      --dry-run                  nothing is sent\n"
        "\n"
        "Connection:\n"
        "  -t, --target ADDR              where\n"
        "\n"
        "Examples:\n"
        "  rpcctl do x\n");
}

TEST_CASE("help text: some options are only named, as many a line as fit") {
  CommandRow row{"do", "does it", {}, {}, "Examples:\n"};
  row.options.push_back({{"-t"}, {"--target"}, true, "ADDR", "where", "Connection"});
  for (int i = 0; i < 9; ++i)
    row.options.push_back(
        {{}, {"--option-" + std::to_string(i)}, true, "VALUE", "what it does", "More of the connection"});
  CHECK(CommandHelp(row) ==
        "Usage: rpcctl do [OPTION...]\n"
        "\n"
        "does it\n"
        "\n"
        "Connection:\n"
        "  -t, --target ADDR              where\n"
        "  --option-0, --option-1, --option-2, --option-3, --option-4, --option-5, --option-6, --option-7,\n"
        "  --option-8\n"
        "  ('rpcctl help connection' tells what these do)\n"
        "\n"
        "Examples:\n");
  CHECK(ConnectionHelp(row).find("      --option-8 VALUE           what it does\n") != std::string::npos);
}

TEST_CASE("mistakes: what people type who come from elsewhere is answered with what to type here") {
  const std::pair<Words, const char*> kMistakes[] = {
      {{"-plaintext", "localhost:1", "list"}, "did you mean '--plaintext'?"},
      {{"localhost:1", "list"}, "-t names the server: rpcctl list -t localhost:1"},
      {{"call", "name=you"}, "the method comes first: rpcctl call Greeter.SayHello name=you"},
      {{"call", "{\"name\":1}"}, "the method comes first: rpcctl call Greeter.SayHello name=you"},
      {{"list", "--limits", "1"}, "'rpcctl list --help' lists the options"},
      {{"list", "a", "b"}, "'rpcctl list --help' tells how it is used"},
  };
  for (const auto& [words, hint] : kMistakes) {
    const testing::Printed printed = testing::RunWords(words);
    CAPTURE(printed.err);
    CHECK(printed.exit_code == 2);
    CHECK(printed.err.find(std::string("  hint: ") + hint + "\n") != std::string::npos);
  }
  CHECK(testing::RunWords({"list", "a", "b"}).err.find("'b' is one too many") != std::string::npos);
  CHECK(testing::RunWords({"call", "M", "--limit"}).err ==
        "rpcctl: error: option --limit needs a value\n  hint: 'rpcctl call --help' tells what it takes\n");
}

}  // namespace
}  // namespace rpcctl
