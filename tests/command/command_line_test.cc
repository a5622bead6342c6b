#include "cmd/rpcctl/command_line.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "cmd/rpcctl/command_table.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

Flags Parsed(const Words& words) {
  Result<Flags> flags = ParseCommandLine(words);
  REQUIRE(flags);
  return *flags;
}

Error Refused(const Words& words) {
  Result<Flags> flags = ParseCommandLine(words);
  REQUIRE_FALSE(flags);
  CHECK(flags.error().kind == ErrorKind::kUsage);
  return flags.error();
}

TEST_CASE("command line: options may stand before, between and after the words") {
  for (const Words& words : {Words{"call", "-t", "h:1", "M", "a=1"}, Words{"call", "M", "-t", "h:1", "a=1"},
                             Words{"call", "M", "a=1", "--target=h:1"}, Words{"-th:1", "call", "M", "a=1"}}) {
    const Flags flags = Parsed(words);
    CHECK(flags.command == Command::kCall);
    CHECK(flags.call.method == "M");
    CHECK(flags.call.words == Words{"a=1"});
    CHECK(flags.connection.target == "h:1");
  }
}

TEST_CASE("command line: items arrive exactly as they were typed") {
  const Words items = {"a=[x,y]", "[a,b]", "++", "@0",    "@99", "call",
                       "x={}",    ",",     "",   "a=--b", "%",   "{\"a\":1}"};
  Words words = {"call", "M"};
  words.insert(words.end(), items.begin(), items.end());
  CHECK(Parsed(words).call.words == items);
}

TEST_CASE("command line: what follows -- are words, whatever they look like") {
  CHECK(Parsed({"call", "M", "a=1", "--", "-x=2", "--help", "--"}).call.words ==
        Words{"a=1", "-x=2", "--help", "--"});
}

TEST_CASE("command line: values of options arrive exactly as they were typed") {
  const Flags flags =
      Parsed({"call", "M", "-d", "[1,2]", "--data={\"a\":[1]}", "-d@-", "-H", "-x: y", "-f", "{a},{b}"});
  CHECK(flags.call.data == Words{"[1,2]", "{\"a\":[1]}", "@-"});
  CHECK(flags.connection.headers == Words{"-x: y"});
  CHECK(flags.call.format == "{a},{b}");
}

TEST_CASE("command line: of a single-valued option the last one counts, a list keeps all") {
  const Flags flags = Parsed({"call", "M", "-t", "a:1", "-t", "b:2", "-H", "a: 1", "-H", "b: 2", "x=1"});
  CHECK(flags.connection.target == "b:2");
  CHECK(flags.connection.headers == Words{"a: 1", "b: 2"});
  CHECK(flags.call.words == Words{"x=1"});
}

TEST_CASE("command line: -v counts, also glued") {
  CHECK(Parsed({"call", "M"}).connection.verbosity == 0);
  CHECK(Parsed({"call", "M", "-vv"}).connection.verbosity == 2);
  CHECK(Parsed({"call", "-v", "M", "--verbose"}).connection.verbosity == 2);
  CHECK(Parsed({"call", "M", "-vt", "h:1"}).connection.target == "h:1");
}

TEST_CASE("command line: a mistyped option or command is told with the nearest") {
  CHECK(Refused({"call", "M", "--tagret", "x"}).hint == "did you mean '--target'?");
  CHECK(Refused({"cal", "M"}).hint == "did you mean 'call'?");
  CHECK(Refused({"helloworld.Greeter/SayHello"}).hint == "rpcctl call helloworld.Greeter/SayHello");
  CHECK(Refused({"call", "M", "-x=1"}).hint ==
        "'rpcctl call --help' lists the options; words that begin with '-' come after '--'");
}

TEST_CASE("command line: a call without a method is told") {
  CHECK(Refused({"call"}).message == "'call' needs more: METHOD is required");
}

TEST_CASE("command line: an option without its value is told") {
  CHECK(Refused({"call", "M", "-t"}).message.find("--target") != std::string::npos);
}

TEST_CASE("command line: help is asked for in three ways, and shown unasked without a command") {
  for (const Words& words : {Words{"call", "--help"}, Words{"call", "M", "-h"}, Words{"help", "call"}}) {
    const Flags flags = Parsed(words);
    CHECK(flags.command == Command::kHelp);
    CHECK(flags.help_asked);
    CHECK(flags.help.starts_with("Usage: rpcctl call METHOD [ITEM...] [OPTION...]\n"));
  }
  CHECK_FALSE(Parsed({}).help_asked);
  CHECK(Parsed({"--version"}).command == Command::kVersion);
}

TEST_CASE("command line: every option is in its command's help, with a text") {
  for (const CommandRow& command : CommandTable()) {
    const std::string help = Parsed({command.name, "--help"}).help;
    for (const OptionRow& option : command.options) {
      for (const std::string& name : option.long_names) {
        CAPTURE(name);
        CHECK((name == "--help" || help.find(name) != std::string::npos));
      }
      CHECK_FALSE(option.text.empty());
    }
    CHECK(help.find("Examples:\n") != std::string::npos);
  }
}

TEST_CASE("command line: the help of a command fits on one screen") {
  for (const CommandRow& command : CommandTable()) {
    const std::string help = Parsed({command.name, "--help"}).help;
    CHECK(std::count(help.begin(), help.end(), '\n') <= 48);
    for (size_t begin = 0; begin < help.size(); begin = help.find('\n', begin) + 1) {
      CHECK(help.find('\n', begin) - begin <= 120);
    }
  }
}

}  // namespace
}  // namespace rpcctl
