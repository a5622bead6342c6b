#include "script/case_runner.h"

#include <algorithm>

#include "script/call_step.h"
#include "script/case_secrets.h"
#include "script/live_step.h"
#include "script/request_check.h"

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// A step that could not be begun.
Failure Unmade(TextPosition place, std::string line, const Error& error) {
  const std::string hint = error.hint.empty() ? "" : "; " + error.hint;
  return {.place = place, .line = std::move(line), .expected = "", .actual = error.message + hint};
}

// Notes whether anything of the case stands behind the step that failed last. Reads on in it.
void NoteUnmade(CaseSteps& made, CaseReport& report) {
  const bool can_be_mended = std::ranges::any_of(
      report.failures, [](const Failure& failure) { return !failure.replacement.empty(); });
  if (!can_be_mended) {
    report.unmade_behind = 0;
  } else if (report.unmade_behind == 0) {
    const Result<const CheckedStep*> next = made.Next();
    if (!next || *next != nullptr) report.unmade_behind = report.failures.back().place.line;
  }
}

}  // namespace

Result<std::vector<std::string>> CaseRunner::FillHeaders() {
  std::vector<std::string> headers;
  for (const HeaderSetting& header : tools_.headers) {
    Result<std::string> filled = tools_.variables.Fill(header.value);
    if (!filled) return filled.error();
    headers.push_back(std::move(*filled));
  }
  return headers;
}

Result<CaseRunner::Prepared> CaseRunner::PrepareStep(const CheckedStep& step) {
  Result<std::vector<std::string>> headers = FillHeaders();
  if (!headers) return headers.error();
  HideSecretsOf(*headers, tools_.mask);
  Result<CallWords> words = FillRequest(step.request, tools_.variables);
  if (!words) return words.error();
  HideSecretsOf(words->headers, tools_.mask);
  const Duration limit = words->timeout.value_or(tools_.timeout);
  const TimePoint own = After(Now(), limit);
  Result<ScriptCall> call =
      tools_.caller.Prepare(*words, *headers, *step.method, std::min(own, tools_.deadline));
  if (!call) return call.error();
  return Prepared{tools_.deadline < own,
                  std::move(*call),
                  {.method = *step.method,
                   .words = std::move(*words),
                   .typed = TypedWords(step),
                   .headers = std::move(*headers),
                   .timeout = tools_.set_timeout}};
}

std::string CaseRunner::CommandLine(Failed failed) const {
  if (!failed.made.typed && failed.sent.overflowed()) return "";
  failed.made.messages = failed.sent.Take();
  return tools_.caller.CommandLine(failed.made, [this](std::string& word) { tools_.mask.Hide(word); });
}

std::vector<Failure> CaseRunner::RunStep(const CheckedStep& step, CaseReport& report) {
  report.unreachable = false;  // which a step before may have expected
  Result<Prepared> prepared = PrepareStep(step);
  if (!prepared) {
    // The line is told, and what makes a secret of it was perhaps not reached.
    HideSecretsOf(KnownHeaders(step.request, tools_.variables), tools_.mask);
    return {Unmade(step.place, step.line, prepared.error())};
  }
  MadeRequests sent;
  const StepRun run{tools_, sent, report, prepared->is_bounded_by_run};
  std::vector<Failure> failures = step.live ? RunLiveStep(step, std::move(prepared->call), run)
                                            : RunCallStep(step, std::move(prepared->call), run);
  if (!failures.empty()) failed_.emplace(Failed{std::move(prepared->made), std::move(sent)});
  return failures;
}

std::vector<Failure> CaseRunner::Attempt(CaseSteps& made, CaseCaptures& captures, CaseReport& report) {
  report.transcript.clear();
  report.unmade_behind = 0;
  failed_.reset();
  made.Rewind();
  for (;;) {
    const Result<const CheckedStep*> step = made.Next();
    if (!step) {
      report.unreachable = step.error().kind == ErrorKind::kConnect || step.error().kind == ErrorKind::kTls;
      return {Unmade(made.place(), std::string(made.line()), step.error())};
    }
    if (*step == nullptr) return {};
    if (made.head().retry) captures.NoteBefore(**step, tools_.variables);
    std::vector<Failure> failures = RunStep(**step, report);
    if (!failures.empty() || tools_.interrupted()) return failures;
  }
}

CaseReport CaseRunner::Run(CaseSteps& made) {
  const TimePoint began = Now();
  const CaseHead& head = made.head();
  CaseReport report{.name = head.name,
                    .tags = head.tags,
                    .place = head.place,
                    .attempts = 0,
                    .failures = {},
                    .skip_reason = {},
                    .transcript = {},
                    .command = {}};
  const uint64_t most = head.retry ? head.retry->attempts : 1;
  CaseCaptures captures;
  bool interrupted = false;
  for (;;) {
    ++report.attempts;
    if (report.attempts > 1) captures.Forget(tools_.variables);
    report.failures = Attempt(made, captures, report);
    // Asked at once: what holds now may hold only because the signal ended the call.
    interrupted = tools_.interrupted();
    const bool over = report.failures.empty() || report.attempts >= most || interrupted;
    if (over || Now() >= tools_.deadline) break;
    const TimePoint again = std::min(After(Now(), head.retry->pause), tools_.deadline);
    interrupted = !tools_.pause(again);
    if (interrupted || Now() >= tools_.deadline) break;
  }
  report.duration = Now() - began;
  report.result = report.failures.empty() ? CaseResult::kPassed : CaseResult::kFailed;
  if (report.failures.empty()) {
    report.transcript.clear();
    report.unreachable = false;
  } else if (failed_) {
    report.command = CommandLine(std::move(*failed_));
  }
  if (interrupted) {
    report.result = CaseResult::kSkipped;
    report.skip_reason = "interrupted";
    report.failures.clear();
  } else if (!report.failures.empty() && Now() >= tools_.deadline) {
    report.failures.back().actual += " (the time for all cases is over)";
  }
  HideSecretsIn(report, tools_.mask);
  NoteUnmade(made, report);
  return report;
}

}  // namespace rpcctl
