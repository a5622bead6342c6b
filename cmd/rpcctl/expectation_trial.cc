#include "cmd/rpcctl/expectation_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cmd/rpcctl/script_caller.h"
#include "script/case_steps.h"
#include "script/checker.h"
#include "script/judge.h"
#include "script/script_outline.h"

namespace rpcctl {
namespace {

using Lines = std::vector<std::string>;

// Where what {{env.NAME}} stands for is not set: some value, which is valid base64 too.
constexpr std::string_view kStandIn = "recorded";

EnvironmentReader EnvironmentOf(const TriedCall& tried) {
  return [&tried](const std::string& name) {
    std::optional<std::string> value = tried.around.environment(name);
    const bool is_needed = std::ranges::find(tried.call.variables, name) != tried.call.variables.end();
    if (!value && is_needed) value = kStandIn;
    return value;
  };
}

bool IsAboutCount(const std::string& line) {
  return line.starts_with("expect count ");
}

// One script of the call with the lines that are tried.
class Trial final {
 public:
  explicit Trial(const TriedCall& tried)
      : tried_(tried),
        known_(TypesOf(*tried.client.schema)),
        caller_({tried.plan.connection, tried.typed, tried.client, known_, -1}),
        variables_({EnvironmentOf(tried), std::chrono::system_clock::now, [] { return uint64_t{0}; }}),
        tools_{*tried.client.schema, caller_, known_, variables_} {}

  // Which of `lines`, by their numbers, no script may say of such a call.
  Result<std::set<size_t>> Misunderstood(const Lines& lines);
  // Of lines that are all understood: which do not hold.
  Result<std::set<size_t>> Unheld();

 private:
  const TriedCall& tried_;
  const KnownTypes known_;
  ScriptCaller caller_;
  Variables variables_;
  const StepTools tools_;
  std::string text_;
  ScriptOutline outline_;
  size_t first_ = 0;  // the line number of the first expectation
};

Result<std::set<size_t>> Trial::Misunderstood(const Lines& lines) {
  const std::string head = SettingsText(tried_.call) + CaseText(tried_.call, "recorded", {}, {});
  first_ = static_cast<size_t>(std::ranges::count(head, '\n')) + 1;
  text_ = SettingsText(tried_.call) + CaseText(tried_.call, "recorded", {}, lines);
  ScriptErrors errors;
  outline_ = OutlineScript(text_, EnvironmentOf(tried_), errors);
  if (errors.empty()) CheckScript(text_, outline_, tools_, errors);
  std::set<size_t> misunderstood;
  for (const ScriptError& error : errors.list()) {
    if (error.place.line < first_) {
      return Error{ErrorKind::kInternal, "--record: a script does not say this call: " + error.error.message,
                   error.error.hint};
    }
    misunderstood.insert(error.place.line - first_);
  }
  return misunderstood;
}

Result<std::set<size_t>> Trial::Unheld() {
  MessageTable messages(known_);
  CaseSteps steps(text_, outline_.cases.front(), tools_);
  const Result<const CheckedStep*> step = steps.Next();
  if (!step) return step.error();
  Judge judge(**step, variables_, messages);
  // One that does not parse lets no line hold that is about it.
  if (tried_.response) [[maybe_unused]]
    const Result<void> taken = judge.OnMessage(*tried_.response);
  std::set<size_t> unheld;
  for (const Failure& failure : judge.Finish(tried_.outcome, false)) {
    if (failure.place.line >= first_) unheld.insert(failure.place.line - first_);
  }
  return unheld;
}

Lines Without(const Lines& lines, const std::set<size_t>& dropped) {
  Lines left;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!dropped.contains(i) || IsAboutCount(lines[i])) left.push_back(lines[i]);
  }
  return left;
}

}  // namespace

Result<std::vector<std::string>> ExpectationsThatHold(const TriedCall& tried,
                                                      std::span<const std::string> lines) {
  Lines left(lines.begin(), lines.end());
  Trial trial(tried);
  Result<std::set<size_t>> misunderstood = trial.Misunderstood(left);
  if (!misunderstood) return misunderstood.error();
  if (!misunderstood->empty()) {
    left = Without(left, *misunderstood);
    misunderstood = trial.Misunderstood(left);
    if (!misunderstood) return misunderstood.error();
  }
  const Result<std::set<size_t>> unheld = trial.Unheld();
  return unheld ? Result<Lines>(Without(left, *unheld)) : unheld.error();
}

}  // namespace rpcctl
