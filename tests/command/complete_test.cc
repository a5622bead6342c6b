// The hidden command that shells' scripts run, over the real options and the reference server.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "cmd/rpcctl/collected_options.h"
#include "cmd/rpcctl/command_table.h"
#include "tests/support/paths.h"
#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunSettings;
using testing::RunWords;

std::string Completed(const std::string& line, const RunSettings& settings = {}) {
  const Printed printed = RunWords({"__complete", "bash", line}, settings);
  CHECK(printed.exit_code == 0);
  CHECK(printed.err == "");
  return printed.out;
}

std::string Completed(const Bench& bench, const std::string& line) {
  const Printed printed = bench.Run({"__complete", "bash", line});
  CHECK(printed.exit_code == 0);
  CHECK(printed.err == "");
  return printed.out;
}

// The candidates of an answer.
std::set<std::string> Candidates(const std::string& answer) {
  std::set<std::string> values;
  for (size_t at = answer.find('\n') + 1; at < answer.size();) {
    const size_t end = answer.find('\n', at);
    const std::string line = answer.substr(at, end - at);
    if (!line.starts_with('#')) values.insert(line.substr(0, line.find('\t')));
    at = end + 1;
  }
  return values;
}

TEST_CASE("complete: every command of the help, and help itself") {
  std::set<std::string> commands = {"help"};
  for (const CommandRow& command : CommandTable()) commands.insert(command.name);
  CHECK(Candidates(Completed("rpcctl ")) == commands);
}

TEST_CASE("complete: every option of every command, as the option tree has them") {
  for (const CommandRow& command : CommandTable()) {
    CAPTURE(command.name);
    std::set<std::string> options;
    for (const OptionRow& option : command.options) {
      options.insert(option.short_names.begin(), option.short_names.end());
      options.insert(option.long_names.begin(), option.long_names.end());
    }
    CHECK(options.contains("--help"));
    CHECK(Candidates(Completed("rpcctl " + command.name + " -")) == options);
  }
}

void CheckWords(const KnownCommand& known, const CommandRow& command) {
  REQUIRE(known.words.size() == command.words.size());
  for (size_t i = 0; i < known.words.size(); ++i) {
    CHECK(known.words[i].name == command.words[i].name);
    CHECK(known.words[i].repeated == command.words[i].is_repeated);
  }
}

void CheckOption(const KnownCommand& known, const OptionRow& option) {
  const auto is_it = [&](const KnownOption& row) { return row.IsCalled(option.long_names.front()); };
  const auto row = std::ranges::find_if(known.options, is_it);
  REQUIRE(row != known.options.end());
  CHECK(row->text == option.text);
  CHECK(row->takes_value == option.takes_value);
  CHECK(row->value_name == option.value_name);
}

TEST_CASE("complete: options and words are described as the option tree has them") {
  CollectedOptions collected;
  for (const CommandRow& command : CommandTable()) {
    CAPTURE(command.name);
    const KnownCommand& known = collected.table().command(command.name);
    CheckWords(known, command);
    for (const OptionRow& option : command.options) CheckOption(known, option);
  }
}

TEST_CASE("complete: the options of the program itself") {
  CHECK(Candidates(Completed("rpcctl -")) == std::set<std::string>{"-h", "--help", "--version"});
}

// That `command` takes each choice of `option`; how many there are.
size_t CheckChoices(const Bench& bench, const char* command, const KnownOption& option) {
  size_t checked = 0;
  for (const std::string& choice : option.choices) {
    CAPTURE(option.names.back() + " " + choice);
    if (choice == "grpc" || choice == "h2") continue;  // another program's, in a test
    const Printed printed = bench.Run({command, "Greeter.SayHello", option.names.back(), choice});
    CHECK(printed.exit_code == 0);
    CHECK(printed.err.find("is none of its values") == std::string::npos);
    ++checked;
  }
  return checked;
}

TEST_CASE("complete: every value that is offered for an option is one that it takes") {
  const Bench bench;
  CollectedOptions collected;
  size_t checked = 0;
  for (const char* command : {"call", "describe", "template"}) {
    for (const KnownOption& option : collected.table().command(command).options)
      checked += CheckChoices(bench, command, option);
  }
  CHECK(checked > 20);
}

TEST_CASE("complete: the one value of --compress is taken") {
  CHECK(Candidates(Completed("rpcctl call --compress ")) == std::set<std::string>{"gzip"});
  CHECK(Bench().Run({"call", "Greeter.SayHello", "--compress", "gzip"}).exit_code == 0);
}

TEST_CASE("complete: it stands in no help") {
  CHECK(RunWords({"--help"}).out.find("__complete") == std::string::npos);
  CHECK(Completed("rpcctl __") == ":keeporder nofiles\n");
}

TEST_CASE("complete: bad usage has no candidates and no error") {
  using Words = std::vector<std::string>;
  for (const Words& words :
       {Words{"__complete"}, Words{"__complete", "bash"}, Words{"__complete", "tcsh", "rpcctl "},
        Words{"__complete", "bash", "rpcctl ", "more"}}) {
    const Printed printed = RunWords(words);
    CHECK(printed.exit_code == 0);
    CHECK(printed.out == ":\n");
    CHECK(printed.err == "");
  }
}

TEST_CASE("complete: methods, fields and values from a live server") {
  const Bench bench;
  CHECK(Candidates(Completed(bench, "rpcctl call Gree")) ==
        std::set<std::string>{"Greeter.SayHello", "Greeter.SayHelloAgain", "Greeter.SayHelloStreamReply"});
  CHECK(Completed(bench, "rpcctl call Greeter.SayHello na") == ":nospace keeporder nofiles\nname=\tstring\n");
  CHECK(Completed(bench, "rpcctl call ListFeatures lo.lat") ==
        ":nospace keeporder nofiles\nlo.latitude=\tint32\n");
  CHECK(Completed(bench, "rpcctl call Introduce has_ponycopter=t") == ":nofiles\nhas_ponycopter=true\n");
  CHECK(Candidates(Completed(bench, "rpcctl list R")) == std::set<std::string>{"RouteGuide"});
}

TEST_CASE("complete: the target of the line counts, on the option or before the command") {
  const Bench bench;
  const std::string elsewhere = "cannot connect to localhost:1";
  CHECK(Completed(bench, "rpcctl call -t localhost:1 Gree").find(elsewhere) != std::string::npos);
  CHECK(Completed(bench, "RPCCTL_TARGET=localhost:1 rpcctl call Gree").find(elsewhere) != std::string::npos);
  CHECK(Completed(bench, "RPCCTL_TARGET=localhost:1 true; rpcctl call Gree").find(elsewhere) ==
        std::string::npos);
}

TEST_CASE("complete: files on the line are the schema, whatever the target") {
  const std::string proto = testing::ProtoPath("hello.proto");
  CHECK(Candidates(Completed("rpcctl call -t example.test:443 --proto '" + proto + "' SayH")) ==
        std::set<std::string>{"SayHello"});
  CHECK(Completed("rpcctl list --proto /nowhere.proto ").starts_with(":nofiles\n#"));
}

TEST_CASE("complete: a server on another machine is not asked") {
  CHECK(Completed("rpcctl list -t example.test:443 ") ==
        ":nofiles\n#example.test:443 is not asked: it has not been used before\n");
}

TEST_CASE("complete: what is wrong with an option is a hint") {
  CHECK(Completed("rpcctl list -t a:b:c:d ").starts_with(":nofiles\n#--target: "));
}

TEST_CASE("complete: a dead server is a hint, with no candidates") {
  CHECK(Completed("rpcctl call -t localhost:1 Greeter.SayHello na").starts_with(":nofiles\n#cannot connect"));
}

TEST_CASE("complete: the default target and that of the environment are offered") {
  RunSettings settings;
  settings.environment["RPCCTL_TARGET"] = "api.test:8080";
  CHECK(Candidates(Completed("rpcctl list -t ", settings)) ==
        std::set<std::string>{"api.test:8080", "localhost:50051"});
}

}  // namespace
}  // namespace rpcctl
