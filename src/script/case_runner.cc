#include "script/case_runner.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>

#include "script/hidden_line.h"
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
  NotingSource(std::unique_ptr<RequestSource> inner, Judge& judge, MadeRequests& sent)
      : inner_(std::move(inner)), judge_(judge), sent_(sent) {}
  Result<RequestStep> Next(std::string& message) override {
    Result<RequestStep> step = inner_->Next(message);
    if (!step || *step != RequestStep::kMessage) return step;
    judge_.NoteRequest(message);
    sent_.Add(message);
    return step;
  }
  RequestSource& inner() { return *inner_; }
  int descriptor() const override { return inner_->descriptor(); }

 private:
  const std::unique_ptr<RequestSource> inner_;
  Judge& judge_;
  MadeRequests& sent_;
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

// What stands behind the method, where nothing was filled in: the same words make the same call.
std::optional<std::vector<std::string>> TypedWords(const CheckedStep& step) {
  if (step.live || !step.request.is_plain) return std::nullopt;
  std::vector<std::string> words;
  for (size_t i = 1; i < step.request.written.size(); ++i) words.push_back(step.request.written[i].Text());
  return words;
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

void CaseRunner::HideSecretsOf(std::span<const std::string> headers) {
  for (const std::string& header : headers) {
    const Result<MetadataEntry> entry = ParseMetadata(header);
    if (entry && IsSecret(*entry)) tools_.mask.Add(entry->value);
    if (entry) continue;
    const size_t colon = header.find(':', 1);
    if (colon == std::string::npos || !IsSecretName(header.substr(0, colon))) continue;
    const size_t begin = header.find_first_not_of(" \t", colon + 1);
    if (begin != std::string::npos) tools_.mask.Add(std::string_view(header).substr(begin));
  }
}

Result<CaseRunner::Prepared> CaseRunner::PrepareStep(const CheckedStep& step) {
  Result<std::vector<std::string>> headers = FillHeaders();
  if (!headers) return headers.error();
  HideSecretsOf(*headers);
  Result<CallWords> words = FillRequest(step.request, tools_.variables);
  if (!words) return words.error();
  HideSecretsOf(words->headers);
  const Duration limit = words->timeout.value_or(tools_.timeout);
  Result<ScriptCall> call =
      tools_.caller.Prepare(*words, *headers, *step.method, std::min(After(Now(), limit), tools_.deadline));
  if (!call) return call.error();
  return Prepared{std::move(*call),
                  {.method = *step.method,
                   .words = std::move(*words),
                   .typed = TypedWords(step),
                   .headers = std::move(*headers),
                   .timeout = tools_.set_timeout}};
}

std::string CaseRunner::CommandLine(MadeCall made, MadeRequests& sent) const {
  if (!made.typed && sent.overflowed()) return "";
  made.messages = sent.Take();
  return tools_.caller.CommandLine(made, [this](std::string& word) { tools_.mask.Hide(word); });
}

std::vector<Failure> CaseRunner::RunStep(const CheckedStep& step, CaseReport& report) {
  report.command.clear();
  Result<Prepared> prepared = PrepareStep(step);
  if (!prepared) return {Unmade(step, prepared.error())};
  MadeRequests sent;
  std::vector<Failure> failures = step.live ? RunLiveStep(step, std::move(prepared->call), sent, report)
                                            : RunCallStep(step, std::move(prepared->call), sent, report);
  if (!failures.empty()) report.command = CommandLine(std::move(prepared->made), sent);
  return failures;
}

std::vector<Failure> CaseRunner::RunCallStep(const CheckedStep& step, ScriptCall call, MadeRequests& sent,
                                             CaseReport& report) {
  Judge judge(step, tools_.variables, tools_.messages);
  JudgingSink sink(judge);
  auto source = std::make_unique<NotingSource>(std::move(call.requests), judge, sent);
  RequestSource& rest = source->inner();
  call.requests = std::move(source);
  const CallOutcome outcome = tools_.caller.Run(call, sink);
  report.unreachable = report.unreachable || NotReached(outcome);
  std::vector<Failure> failures = judge.Finish(outcome, false);
  if (!failures.empty() && !step.request.is_plain) sent.AddRest(rest);
  AppendTranscript(judge.TakeTranscript(), report);
  return failures;
}

std::vector<Failure> CaseRunner::RunLiveStep(const CheckedStep& step, ScriptCall call, MadeRequests& sent,
                                             CaseReport& report) {
  Judge judge(step, tools_.variables, tools_.messages);
  const std::unique_ptr<LiveCall> live = tools_.caller.Open(call.call);
  std::vector<Failure> failures;
  if (!step.method->client_streaming()) {
    std::string message;
    const Result<RequestStep> next = call.requests->Next(message);
    if (!next) return {Unmade(step, next.error())};
    judge.NoteRequest(message);
    sent.Add(message);
    live->Send(message, call.call.start.deadline);
    live->HalfClose();
  }
  failures = RunActs({step, *live, judge, tools_, call.call.start.deadline, sent});
  report.unreachable = report.unreachable || NotReached(live->outcome());
  AppendTranscript(judge.TakeTranscript(), report);
  return failures;
}

std::vector<Failure> CaseRunner::Attempt(CaseSteps& made, CaseCaptures& captures, CaseReport& report) {
  report.transcript.clear();
  report.unreachable = false;
  made.Rewind();
  while (const CheckedStep* step = made.Next()) {
    if (made.head().retry) captures.NoteBefore(*step, tools_.variables);
    std::vector<Failure> failures = RunStep(*step, report);
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
    failure.line = HiddenLine(failure.line, mask);
    mask.Hide(failure.expected);
    mask.Hide(failure.actual);
    // A secret is not written into a file.
    if (mask.Hidden(failure.replacement) != failure.replacement) failure.replacement.clear();
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
  for (;;) {
    ++report.attempts;
    if (report.attempts > 1) captures.Forget(tools_.variables);
    report.failures = Attempt(made, captures, report);
    const bool over = report.failures.empty() || report.attempts >= most || tools_.interrupted();
    if (over || Now() >= tools_.deadline) break;
    const TimePoint again = std::min(After(Now(), head.retry->pause), tools_.deadline);
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
