#include "script/script_runner.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

namespace rpcctl {
namespace {

CaseReport Skipped(const CaseHead& made, std::string reason) {
  return {.name = made.name,
          .tags = made.tags,
          .place = made.place,
          .result = CaseResult::kSkipped,
          .attempts = 0,
          .failures = {},
          .skip_reason = std::move(reason),
          .transcript = {},
          .command = {}};
}

void Count(CaseResult result, FileReport& report) {
  if (result == CaseResult::kPassed) ++report.passed;
  if (result == CaseResult::kFailed) ++report.failed;
  if (result == CaseResult::kSkipped) ++report.skipped;
}

bool Shares(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::ranges::any_of(
      some, [&](const std::string& one) { return std::ranges::find(others, one) != others.end(); });
}

}  // namespace

bool CaseSelection::Selects(const std::string& name, const std::vector<std::string>& case_tags) const {
  if (!tags.empty() && !Shares(tags, case_tags)) return false;
  if (Shares(skip_tags, case_tags)) return false;
  return names.empty() || std::ranges::any_of(names, [&](const std::string& pattern) {
           return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
         });
}

FileReport SkipScript(OutlinedCases cases, const SkippedScript& script, Reporter& reporter) {
  FileReport report{.name = script.name, .skipped = cases.marks.size(), .error = {}};
  reporter.OnFileBegin(script.file, {script.name, cases.marks.size()});
  for (const SectionMark mark : cases.marks)
    reporter.OnCaseEnd(script.file, Skipped(ReadCaseHead(cases.text, mark), script.reason));
  reporter.OnFileEnd(script.file, report);
  return report;
}

FileReport RunScript(OutlinedCases cases, const StepTools& tools, ScriptRun run, Reporter& reporter) {
  const TimePoint began = std::chrono::steady_clock::now();
  FileReport report{.name = run.name, .error = {}};
  reporter.OnFileBegin(run.file, {run.name, cases.marks.size()});
  const TimePoint deadline = run.tools.deadline;
  CaseRunner runner(std::move(run.tools));
  for (const SectionMark mark : cases.marks) {
    CaseSteps made(cases.text, mark, tools);
    std::string reason = run.stop_reason();
    if (reason.empty() && std::chrono::steady_clock::now() >= deadline)
      reason = "the time for all cases was over";
    if (reason.empty()) reporter.OnCaseBegin(run.file, made.head().name);
    const CaseReport ended = reason.empty() ? runner.Run(made) : Skipped(made.head(), std::move(reason));
    Count(ended.result, report);
    reporter.OnCaseEnd(run.file, ended);
  }
  report.duration = std::chrono::steady_clock::now() - began;
  reporter.OnFileEnd(run.file, report);
  return report;
}

}  // namespace rpcctl
