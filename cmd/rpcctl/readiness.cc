#include "cmd/rpcctl/readiness.h"

#include <algorithm>
#include <optional>

#include "call/live_call.h"
#include "cmd/rpcctl/health_answer.h"

namespace rpcctl {
namespace {

constexpr Duration kBetweenQuestions = std::chrono::milliseconds(100);
constexpr Duration kForOneQuestion = std::chrono::seconds(5);

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// Why the server is not ready; nothing when it is.
std::optional<Error> Ask(Transport& transport, const Metadata& metadata, TimePoint until, int interrupt) {
  PreparedCall question;
  question.start.path = "/grpc.health.v1.Health/Check";
  question.start.metadata = metadata;
  question.start.deadline = std::min(After(Now(), kForOneQuestion), until);
  LiveCall call(transport, question, interrupt);
  call.Send(HealthQuestion(""), TimePoint::max());  // about the server as a whole
  call.HalfClose();
  std::string answer;
  const bool answered = call.Receive(answer, TimePoint::max()) == LiveCall::Step::kDone;
  std::string more;
  while (call.Receive(more, TimePoint::max()) == LiveCall::Step::kDone) continue;
  const CallOutcome& outcome = call.outcome();
  if (outcome.error) return outcome.error;
  const RpcStatus& status = outcome.status;
  if (status.code == kUnavailable || status.code == kDeadlineExceeded)
    return Error{ErrorKind::kConnect, "the server does not answer: " + std::string(StatusName(status.code))};
  // It answers, and has nothing to say about its health, or not to us.
  if (!status.ok() || !answered) return std::nullopt;
  const Result<int> state = ReadHealthState(answer);
  if (!state || IsServing(*state)) return std::nullopt;
  return Error{ErrorKind::kExpectation, "the server is " + HealthStateName(*state)};
}

}  // namespace

Result<void> AwaitReady(Transport& transport, const Metadata& metadata, TimePoint until, int interrupt,
                        const std::function<bool(TimePoint until)>& pause) {
  for (;;) {
    std::optional<Error> unready = Ask(transport, metadata, until, interrupt);
    if (!unready) return {};
    // Another attempt would end as this one did.
    if (unready->kind == ErrorKind::kTls) return *unready;
    if (Now() >= until || !pause(std::min(After(Now(), kBetweenQuestions), until)) || Now() >= until)
      return Error{unready->kind, "wait ready: " + unready->message, unready->hint};
  }
}

}  // namespace rpcctl
