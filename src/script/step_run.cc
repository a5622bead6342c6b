#include "script/step_run.h"

#include <iterator>

namespace rpcctl {
namespace {

bool NotReached(const CallOutcome& outcome) {
  return outcome.error &&
         (outcome.error->kind == ErrorKind::kConnect || outcome.error->kind == ErrorKind::kTls);
}

// However many steps a case has, what led to a failure is what came last.
constexpr size_t kMostTranscriptLines = 60;

void AppendTranscript(std::vector<std::string> lines, CaseReport& report) {
  std::vector<std::string>& all = report.transcript;
  all.insert(all.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
  if (all.size() <= kMostTranscriptLines) return;
  all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kMostTranscriptLines));
  all.front() = "  ...";
}

}  // namespace

void EndStep(StepRun run, Judge& judge, const CallOutcome& outcome) {
  run.report.unreachable = run.report.unreachable || NotReached(outcome);
  AppendTranscript(judge.TakeTranscript(), run.report);
}

}  // namespace rpcctl
