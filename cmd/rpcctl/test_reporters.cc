#include "cmd/rpcctl/test_reporters.h"

#include "base/new_files.h"
#include "cmd/rpcctl/terminal_reporter.h"
#include "script/json_reporter.h"
#include "script/junit_reporter.h"
#include "script/tap_reporter.h"

namespace rpcctl {
namespace {

std::unique_ptr<Reporter> MakeJunit(JunitReporter::Sink sink) {
  return std::make_unique<JunitReporter>(std::move(sink), std::chrono::system_clock::now);
}

std::unique_ptr<Reporter> MakeTerminal(const TestPlan& plan, const RunSize& size, Surroundings& around) {
  const bool shows_progress = around.err_is_terminal && around.environment("TERM") != "dumb";
  return std::make_unique<TerminalReporter>(TerminalReporter::Options{
      around.out, shows_progress ? &around.err : nullptr,
      ColourFor(plan.connection.colour, around.out_is_terminal, around), size.files > 1, size.cases});
}

// Of standard output; none where that is for people.
std::unique_ptr<Reporter> MakeMachine(const TestPlan& plan, const RunSize& size, Surroundings& around) {
  switch (plan.report) {
    case TestPlan::Report::kTap:
      return std::make_unique<TapReporter>(around.out, size.runnable_cases + size.broken_files);
    case TestPlan::Report::kJson:
      return std::make_unique<JsonReporter>(around.out);
    case TestPlan::Report::kJunit:
      return MakeJunit([&around](const std::string& document) { return around.out.Write(document); });
    case TestPlan::Report::kTerminal:
      break;
  }
  return nullptr;
}

}  // namespace

std::vector<std::unique_ptr<Reporter>> MakeMachineReporters(const TestPlan& plan, const RunSize& size,
                                                            Surroundings& around) {
  std::vector<std::unique_ptr<Reporter>> reporters;
  if (std::unique_ptr<Reporter> machine = MakeMachine(plan, size, around))
    reporters.push_back(std::move(machine));
  if (plan.junit) {
    reporters.push_back(MakeJunit([path = *plan.junit](const std::string& document) {
      return WriteNewFile(path, document, Existing::kReplace);
    }));
  }
  return reporters;
}

std::vector<std::unique_ptr<Reporter>> MakeReporters(const TestPlan& plan, const RunSize& size,
                                                     Surroundings& around) {
  std::vector<std::unique_ptr<Reporter>> reporters = MakeMachineReporters(plan, size, around);
  if (plan.report == TestPlan::Report::kTerminal)
    reporters.insert(reporters.begin(), MakeTerminal(plan, size, around));
  return reporters;
}

}  // namespace rpcctl
