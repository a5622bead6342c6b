#include "script/case_runner.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>

#include "script/live_step.h"
#include "script/request_check.h"

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// Notes what is sent on its way.
class NotingSource final : public RequestSource {
 public:
  NotingSource(std::unique_ptr<RequestSource> inner, Judge& judge)
      : inner_(std::move(inner)), judge_(judge) {}
  Result<RequestStep> Next(std::string& message) override {
    Result<RequestStep> step = inner_->Next(message);
    if (step && *step == RequestStep::kMessage) judge_.NoteRequest(message);
    return step;
  }
  int descriptor() const override { return inner_->descriptor(); }

 private:
  const std::unique_ptr<RequestSource> inner_;
  Judge& judge_;
};

class JudgingSink final : public ResponseSink {
 public:
  explicit JudgingSink(Judge& judge) : judge_(judge) {}
  void OnHeaders(const Metadata&) override {}
  Result<void> OnMessage(std::string_view message) override { return judge_.OnMessage(message); }
  Result<void> OnQuiet() override { return {}; }

 private:
  Judge& judge_;
};

// A step that could not be begun.
Failure Unmade(const CheckedStep& step, const Error& error) {
  return {.place = step.place, .line = step.line, .expected = "", .actual = error.message};
}

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

std::vector<std::string> Texts(const Result<std::vector<std::string>>& headers) {
  return headers ? *headers : std::vector<std::string>();
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

Result<ScriptCall> CaseRunner::PrepareStep(const CheckedStep& step, CaseReport& report) {
  report.command.clear();
  const Result<std::vector<std::string>> headers = FillHeaders();
  if (!headers) return headers.error();
  Result<CallWords> words = FillRequest(step.request, tools_.variables);
  if (!words) return words.error();
  const Duration limit = words->timeout.value_or(tools_.timeout);
  Result<ScriptCall> call =
      tools_.caller.Prepare(*words, *headers, *step.method, std::min(After(Now(), limit), tools_.deadline));
  if (!call) return call;
  for (const MetadataEntry& entry : call->call.start.metadata) {
    if (IsSecret(entry)) tools_.mask.Add(entry.value);
  }
  return call;
}

std::vector<Failure> CaseRunner::RunStep(const CheckedStep& step, CaseReport& report) {
  Result<ScriptCall> call = PrepareStep(step, report);
  if (!call) return {Unmade(step, call.error())};
  std::vector<Failure> failures =
      step.live ? RunLiveStep(step, std::move(*call), report) : RunCallStep(step, std::move(*call), report);
  if (failures.empty()) return failures;
  std::vector<std::string> words;
  const auto add = [&](const std::vector<Word>& written, size_t from) {
    for (size_t i = from; i < written.size(); ++i)
      words.push_back(tools_.variables.Fill(written[i]).operator bool() ? *tools_.variables.Fill(written[i])
                                                                        : "");
  };
  add(step.request.written, 0);
  for (const CheckedAct& act : step.acts) {
    if (act.written.kind != LiveAct::Kind::kSend) continue;
    if (words.size() > 1) words.emplace_back(",");
    add(act.request.written, 1);
    if (act.request.written.size() == 1) words.emplace_back("{}");
  }
  report.command = tools_.caller.CommandLine(words, Texts(FillHeaders()));
  return failures;
}

std::vector<Failure> CaseRunner::RunCallStep(const CheckedStep& step, ScriptCall call, CaseReport& report) {
  Judge judge(step, tools_.variables, tools_.messages);
  JudgingSink sink(judge);
  call.requests = std::make_unique<NotingSource>(std::move(call.requests), judge);
  const CallOutcome outcome = tools_.caller.Run(call, sink);
  report.unreachable = report.unreachable || NotReached(outcome);
  std::vector<Failure> failures = judge.Finish(outcome, false);
  AppendTranscript(judge.TakeTranscript(), report);
  return failures;
}

std::vector<Failure> CaseRunner::RunLiveStep(const CheckedStep& step, ScriptCall call, CaseReport& report) {
  Judge judge(step, tools_.variables, tools_.messages);
  const std::unique_ptr<LiveCall> live = tools_.caller.Open(call.call);
  std::vector<Failure> failures;
  if (!step.method->client_streaming()) {
    std::string message;
    const Result<RequestStep> next = call.requests->Next(message);
    if (!next) return {Unmade(step, next.error())};
    judge.NoteRequest(message);
    live->Send(message, call.call.start.deadline);
    live->HalfClose();
  }
  failures = RunActs({step, *live, judge, tools_, call.call.start.deadline});
  report.unreachable = report.unreachable || NotReached(live->outcome());
  AppendTranscript(judge.TakeTranscript(), report);
  return failures;
}

std::vector<Failure> CaseRunner::Attempt(const CheckedCase& made, CaseReport& report) {
  report.transcript.clear();
  report.unreachable = false;
  for (const CheckedStep& step : made.steps) {
    std::vector<Failure> failures = RunStep(step, report);
    if (!failures.empty()) return failures;
  }
  return {};
}

void CaseRunner::Mask(CaseReport& report) const {
  const SecretMask& mask = tools_.mask;
  mask.Hide(report.name);
  mask.Hide(report.command);
  for (std::string& line : report.transcript) mask.Hide(line);
  for (Failure& failure : report.failures) {
    mask.Hide(failure.line);
    mask.Hide(failure.expected);
    mask.Hide(failure.actual);
    // A secret is not written into a file.
    if (mask.Hidden(failure.replacement) != failure.replacement) failure.replacement.clear();
  }
}

CaseReport CaseRunner::Run(const CheckedCase& made) {
  const TimePoint began = Now();
  CaseReport report{.name = made.name,
                    .tags = made.tags,
                    .place = made.place,
                    .attempts = 0,
                    .failures = {},
                    .skip_reason = {},
                    .transcript = {},
                    .command = {}};
  const uint64_t most = made.retry ? made.retry->attempts : 1;
  for (;;) {
    ++report.attempts;
    report.failures = Attempt(made, report);
    const bool over = report.failures.empty() || report.attempts >= most || tools_.interrupted();
    if (over || Now() >= tools_.deadline) break;
    const TimePoint again = std::min(After(Now(), made.retry->pause), tools_.deadline);
    if (!tools_.pause(again) || Now() >= tools_.deadline) break;
  }
  report.duration = Now() - began;
  report.result = report.failures.empty() ? CaseResult::kPassed : CaseResult::kFailed;
  if (report.failures.empty()) report.transcript.clear();
  if (!report.failures.empty() && tools_.interrupted()) {
    report.result = CaseResult::kSkipped;
    report.skip_reason = "interrupted";
    report.failures.clear();
  } else if (!report.failures.empty() && Now() >= tools_.deadline) {
    report.failures.back().actual += " (the time for all cases is over)";
  }
  Mask(report);
  return report;
}

}  // namespace rpcctl
