#include "cmd/rpcctl/header_plan.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/environment.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using testing::Environment;

Result<HeaderPlan> PlanOf(const ConnectionFlags& flags, std::map<std::string, std::string> variables = {}) {
  Environment environment(std::move(variables));
  return MakeHeaderPlan(flags, environment.around());
}

// The call's metadata from a file that holds `content`.
Result<HeaderPlan> PlanOfFile(const std::string& content, bool expand = false) {
  const TemporaryDirectory folder;
  ConnectionFlags flags;
  flags.header_files = {folder.Write("h", content)};
  flags.expand_environment = expand;
  return PlanOf(flags, {{"TOKEN", "c4n4ry"}});
}

Metadata Secrets(std::initializer_list<std::pair<std::string, std::string>> entries) {
  Metadata metadata;
  for (const auto& [name, value] : entries) metadata.push_back({name, value, true});
  return metadata;
}

TEST_CASE("header plan: files come first, and an option for one of the two reaches only that one") {
  const TemporaryDirectory folder;
  ConnectionFlags flags;
  flags.header_files = {folder.Write("one", "a: 1\n"), folder.Write("two", "b: 2")};
  flags.headers = {"c: 3"};
  flags.call_headers = {"d: 4"};
  flags.reflection_headers = {"e: 5"};
  const Result<HeaderPlan> plan = PlanOf(flags);
  REQUIRE(plan);
  Metadata both = Secrets({{"a", "1"}, {"b", "2"}});
  both.push_back({"c", "3"});
  Metadata call = both, reflection = both;
  call.push_back({"d", "4"});
  reflection.push_back({"e", "5"});
  CHECK((plan->call == call));
  CHECK((plan->reflection == reflection));
}

TEST_CASE("header plan: a file may have comments, blank lines, indents, and the ends of lines of Windows") {
  const Result<HeaderPlan> plan = PlanOfFile(
      "\xef\xbb\xbf# the first\r\nx-a: 1\r\n\r\n  \t\n  # indented\n  X-B: a b \nx-c:#3\nx-data-bin: AAE=");
  REQUIRE(plan);
  CHECK((plan->call ==
         Secrets({{"x-a", "1"}, {"x-b", "a b"}, {"x-c", "#3"}, {"x-data-bin", std::string("\0\1", 2)}})));
}

TEST_CASE("header plan: an empty file gives no headers") {
  CHECK(PlanOfFile("")->call.empty());
  CHECK(PlanOfFile("\n\n# nothing\n")->call.empty());
}

TEST_CASE("header plan: an error in a file names the file and the line, and shows no value") {
  const std::pair<std::string, std::string> kWrong[] = {
      {"x: 1\nc4n4ry\n", ":2: the line has no ':'"},
      {"# x\n\nte: c4n4ry\n", ":3: header 'te': this name belongs to the protocol"},
      {"x: c4n4ry\x01\n", ":1: header 'x': the value has a character that is not printable ASCII"},
      {"x-bin: c4n4ry!\n", ":1: header 'x-bin': the value of a -bin header must be base64"},
  };
  for (const auto& [content, told] : kWrong) {
    const Result<HeaderPlan> plan = PlanOfFile(content);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == ErrorKind::kUsage);
    CHECK(plan.error().message.starts_with("--header-file: /"));
    CHECK(plan.error().message.ends_with("/h" + told));
    CHECK(plan.error().message.find("c4n4ry") == std::string::npos);
  }
}

TEST_CASE("header plan: a file that cannot be read is named, and '-' is no file") {
  ConnectionFlags flags;
  flags.header_files = {"/nonexistent/h"};
  CHECK(PlanOf(flags).error().kind == ErrorKind::kInput);
  CHECK(PlanOf(flags).error().message ==
        "--header-file: cannot read '/nonexistent/h': No such file or directory");
  flags.header_files = {"-"};
  CHECK(PlanOf(flags).error().kind == ErrorKind::kUsage);
  CHECK(PlanOf(flags).error().message == "--header-file: '-' is no file");
}

// The call's metadata of --header `text` with --expand-env.
Result<HeaderPlan> Expanded(const std::string& text) {
  ConnectionFlags flags;
  flags.headers = {text};
  flags.expand_environment = true;
  return PlanOf(flags, {{"TOKEN", "c4n4ry"}, {"EMPTY", ""}, {"TWO", "a\nb"}, {"REF", "${TOKEN}"}});
}

TEST_CASE("header plan: variables are replaced in values, and make them secrets") {
  const std::pair<std::string, std::string> kValues[] = {
      {"x: ${TOKEN}", "c4n4ry"},
      {"x: a${TOKEN}b${TOKEN}", "ac4n4rybc4n4ry"},
      {"x: ${EMPTY}", ""},
      {"x:${REF}", "${TOKEN}"},  // once, not again in what came out
      {"x: $TOKEN ${TOKEN}$", "$TOKEN c4n4ry$"},
  };
  for (const auto& [text, value] : kValues) {
    const Result<HeaderPlan> plan = Expanded(text);
    REQUIRE(plan);
    CHECK((plan->call == Secrets({{"x", value}})));
  }
  CHECK_FALSE(Expanded("x: plain")->call.front().is_secret);
}

TEST_CASE("header plan: variables are replaced in files too, where that is asked for") {
  CHECK(PlanOfFile("x: ${TOKEN}\n", true)->call.front().value == "c4n4ry");
  CHECK(PlanOfFile("x: ${TOKEN}\n")->call.front().value == "${TOKEN}");
}

TEST_CASE("header plan: a variable that is missing, or written wrong, is an error") {
  const std::pair<std::string, std::string> kWrong[] = {
      {"x: ${NOPE}", "--header: the environment has no variable 'NOPE'"},
      {"x: ${", "--header: after '${' the name of a variable and '}' are expected"},
      {"x: ${}", "--header: after '${' the name of a variable and '}' are expected"},
      {"x: ${TOKEN", "--header: after '${' the name of a variable and '}' are expected"},
      {"x: ${A B}", "--header: after '${' the name of a variable and '}' are expected"},
      {"x: ${TWO}", "--header: header 'x': the value has a character that is not printable ASCII"},
      {"${TOKEN}: x", "--header: header '...': the name has a character that gRPC does not allow"},
  };
  for (const auto& [text, message] : kWrong) {
    const Result<HeaderPlan> plan = Expanded(text);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == ErrorKind::kUsage);
    CHECK(plan.error().message == message);
  }
}

}  // namespace
}  // namespace rpcctl
