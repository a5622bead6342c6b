#include "cmd/rpcctl/complete_command.h"

#include <algorithm>

#include "cmd/rpcctl/collected_options.h"
#include "cmd/rpcctl/completion_schema.h"
#include "completion/completion.h"

namespace rpcctl {
namespace {

constexpr std::string_view kNothing = ":\n";

// The environment that the program on the line would have: NAME=value may stand before it. Borrows `around`.
Surroundings AsOnLine(Surroundings& around, const GivenLine& line) {
  Surroundings own = around;
  own.environment = [&around, assigned = line.assignments](const std::string& name) {
    const auto sets = [&](const auto& assignment) { return assignment.first == name; };
    const auto last = std::ranges::find_if(assigned.rbegin(), assigned.rend(), sets);
    return last != assigned.rend() ? std::optional<std::string>(last->second) : around.environment(name);
  };
  return own;
}

std::string Answered(std::span<const std::string> words, Surroundings& around, CompletionSchema& schema) {
  const std::optional<Shell> shell = words.size() == 2 ? ShellCalled(words[0]) : std::nullopt;
  if (!shell) return std::string(kNothing);
  CollectedOptions options;
  CompletionQuestions questions;
  questions.schema = [&](const GivenLine& line) {
    return schema.Open(options.FlagsOf(line), AsOnLine(around, line));
  };
  questions.targets = [&] { return TargetsUsedBefore(around); };
  questions.home = around.environment("HOME").value_or("");
  return Complete(*shell, words[1], options.table(), questions);
}

}  // namespace

void RunCompleteCommand(std::span<const std::string> words, Surroundings& around) {
  CompletionSchema schema(std::chrono::steady_clock::now());
  // Where nobody reads it there is nobody to tell.
  [[maybe_unused]] const Result<void> written = around.out.Write(Answered(words, around, schema));
  [[maybe_unused]] const Result<void> flushed = around.out.Flush();
  schema.Finish();
}

}  // namespace rpcctl
