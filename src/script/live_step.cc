#include "script/live_step.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "script/judged_status.h"
#include "script/request_check.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

using Kind = LiveAct::Kind;
using MaybeFailure = std::optional<Failure>;

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// What the acts of one step are made with; borrowed for the step.
struct LiveTools {
  const CheckedStep& step;
  LiveCall& call;
  Judge& judge;
  CaseTools& tools;
  TimePoint deadline;  // of the call
  const StepRun& run;
};

class ActRunner final {
 public:
  explicit ActRunner(LiveTools live) : live_(live) {}

  std::vector<Failure> Run();

 private:
  MaybeFailure Make(const CheckedAct& act);
  MaybeFailure Send(const CheckedAct& act);
  MaybeFailure Receive(const CheckedAct& act);
  MaybeFailure AwaitSilence(const CheckedAct& act);
  MaybeFailure Capture(const CheckedAct& act);
  void Drain();

  TimePoint Until(std::optional<Duration> limit) const {
    return limit ? std::min(After(Now(), *limit), live_.deadline) : live_.deadline;
  }
  MaybeFailure Unmet(const CheckedAct& act, std::string expected, std::string actual) const {
    return Failure{.place = act.written.place,
                   .line = act.written.line,
                   .expected = std::move(expected),
                   .actual = std::move(actual)};
  }
  std::string HowEnded() const {
    return "the call had ended: " + StatusText(JudgedStatus(live_.call.outcome()));
  }

  LiveTools live_;
  bool cancelled_ = false;
};

MaybeFailure ActRunner::Send(const CheckedAct& act) {
  Result<CallWords> words = FillRequest(act.request, live_.tools.variables);
  if (!words) return Unmet(act, "", words.error().message);
  // Nothing typed is the empty message, as it is for a method that takes one.
  if (words->request.groups.empty()) words->request.groups.emplace_back().data.push_back({.text = "{}"});
  Result<ScriptCall> prepared = live_.tools.caller.Prepare(*words, {}, *live_.step.method, live_.deadline);
  if (!prepared) return Unmet(act, "", prepared.error().message);
  std::string message;
  const Result<RequestStep> next = prepared->requests->Next(message);
  if (!next) return Unmet(act, "", next.error().message);
  if (*next != RequestStep::kMessage) return Unmet(act, "", "there is no message to send");
  live_.judge.NoteRequest(message);
  live_.run.sent.Add(message);
  switch (live_.call.Send(message, live_.deadline)) {
    case LiveCall::Step::kEnded:
      return Unmet(act, "", HowEnded());
    case LiveCall::Step::kTimeOver:
      return Unmet(act, "", "the server took no message until the call's time was over");
    case LiveCall::Step::kDone:
      break;
  }
  return std::nullopt;
}

MaybeFailure ActRunner::Receive(const CheckedAct& act) {
  std::string message;
  switch (live_.call.Receive(message, Until(act.written.limit))) {
    case LiveCall::Step::kEnded:
      return Unmet(act, "a message", HowEnded());
    case LiveCall::Step::kTimeOver:
      return Unmet(act,
                   "a message" + (act.written.limit ? " within " + FormatDuration(*act.written.limit) : ""),
                   "no message came");
    case LiveCall::Step::kDone:
      break;
  }
  if (Result<void> taken = live_.judge.OnMessage(message); !taken)
    return Unmet(act, "", taken.error().message);
  if (!act.expectation) return std::nullopt;
  return live_.judge.CheckLast(*act.expectation);
}

MaybeFailure ActRunner::AwaitSilence(const CheckedAct& act) {
  const std::string expected = "no message for " + FormatDuration(*act.written.limit);
  const TimePoint end = After(Now(), *act.written.limit);
  std::string message;
  if (live_.call.Receive(message, std::min(end, live_.deadline)) != LiveCall::Step::kDone) {
    if (!live_.run.TimeIsOver() || Now() >= end) return std::nullopt;
    return Unmet(act, expected, "it could not be awaited");
  }
  const std::string shown =
      live_.tools.messages.Excerpt(*live_.step.method->output_type(), message, kMostBytesTold);
  [[maybe_unused]] const Result<void> taken = live_.judge.OnMessage(message);
  return Unmet(act, expected, shown);
}

MaybeFailure ActRunner::Capture(const CheckedAct& act) {
  const size_t index = act.written.capture;
  const Subject& subject = live_.step.captures[index].written.subject;
  if (subject.kind == Subject::Kind::kTrailer) return std::nullopt;  // when the call has ended
  if (subject.kind == Subject::Kind::kHeader) live_.call.AwaitHeaders(live_.deadline);
  return live_.judge.CaptureNow(index, live_.call.outcome());
}

MaybeFailure ActRunner::Make(const CheckedAct& act) {
  switch (act.written.kind) {
    case Kind::kSend:
      return Send(act);
    case Kind::kReceive:
      return Receive(act);
    case Kind::kSilence:
      return AwaitSilence(act);
    case Kind::kCapture:
      return Capture(act);
    case Kind::kClose:
      live_.call.HalfClose();
      break;
    case Kind::kCancel:
      cancelled_ = true;
      live_.call.Cancel();
      break;
  }
  return std::nullopt;
}

// Everything that still comes. A message that does not parse ends the call.
void ActRunner::Drain() {
  std::string message;
  while (live_.call.Receive(message, TimePoint::max()) == LiveCall::Step::kDone) {
    if (!live_.judge.OnMessage(message)) live_.call.Cancel();
  }
}

std::vector<Failure> ActRunner::Run() {
  for (const CheckedAct& act : live_.step.acts) {
    if (MaybeFailure failure = Make(act)) {
      live_.judge.BreakOff(live_.call.outcome(), live_.call.ended());
      live_.call.Cancel();
      live_.run.report.unmade_behind =
          failure->place.line;  // behind the last act there is the end of the call
      return {std::move(*failure)};
    }
  }
  live_.judge.EndActs();
  live_.call.HalfClose();
  Drain();
  return live_.judge.Finish(live_.call.outcome(), cancelled_);
}

}  // namespace

std::vector<Failure> RunLiveStep(const CheckedStep& step, ScriptCall call, StepRun run) {
  Judge judge(step, run.tools.variables, run.tools.messages);
  const std::unique_ptr<LiveCall> live = run.tools.caller.Open(call.call);
  const TimePoint deadline = call.call.start.deadline;
  if (!step.method->client_streaming()) {
    std::string message;
    const Result<RequestStep> next = call.requests->Next(message);
    if (!next) return {{.place = step.place, .line = step.line, .actual = next.error().message}};
    judge.NoteRequest(message);
    run.sent.Add(message);
    live->Send(message, deadline);
    live->HalfClose();
  }
  std::vector<Failure> failures = ActRunner({step, *live, judge, run.tools, deadline, run}).Run();
  EndStep(run, judge, step, live->outcome(), failures);
  return failures;
}

}  // namespace rpcctl
