#include "script/step_run.h"

#include <iterator>

#include "script/judged_status.h"

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

// The server keeps the deadline too, by a clock of its own, and may be the first to say that it is over.
constexpr Duration kClocksDiffer = std::chrono::milliseconds(100);

// Whether the time for all cases ended the call. What is left of it is waited for, so that it is over for all
// who ask.
bool IsCutShort(const StepRun& run, const CallOutcome& outcome) {
  if (outcome.ok() || !run.is_bounded_by_run) return false;
  const TimePoint now = std::chrono::steady_clock::now();
  const bool is_near = After(now, kClocksDiffer) >= run.tools.deadline;
  const bool is_told = is_near && JudgedStatus(outcome).code == kDeadlineExceeded;
  if (is_told && now < run.tools.deadline) run.tools.pause(run.tools.deadline);
  // What the server answered of its own accord is its answer, however late.
  const bool is_ours = outcome.error || JudgedStatus(outcome).code == kCancelled;
  return is_told || (is_ours && run.TimeIsOver());
}

void NoteCutShort(const CheckedStep& step, const CallOutcome& outcome, std::vector<Failure>& failures) {
  for (Failure& failure : failures) failure.replacement.clear();
  if (failures.empty())
    failures.push_back({.place = step.place, .line = step.line, .actual = StatusText(JudgedStatus(outcome))});
}

}  // namespace

bool StepRun::TimeIsOver() const {
  return is_bounded_by_run && std::chrono::steady_clock::now() >= tools.deadline;
}

void EndStep(StepRun run, Judge& judge, const CheckedStep& step, const CallOutcome& outcome,
             std::vector<Failure>& failures) {
  if (IsCutShort(run, outcome)) NoteCutShort(step, outcome, failures);
  run.report.unreachable = NotReached(outcome);
  AppendTranscript(judge.TakeTranscript(), run.report);
}

}  // namespace rpcctl
