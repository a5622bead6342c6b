#include "script/call_step.h"

namespace rpcctl {
namespace {

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

}  // namespace

std::optional<std::vector<std::string>> TypedWords(const CheckedStep& step) {
  if (step.live || !step.request.is_plain) return std::nullopt;
  std::vector<std::string> words;
  size_t bytes = 0;
  for (size_t i = 1; i < step.request.written.size(); ++i) {
    words.push_back(step.request.written[i].Text());
    bytes += words.back().size();
  }
  return bytes <= MadeRequests::kMostBytes ? std::optional(std::move(words)) : std::nullopt;
}

std::vector<Failure> RunCallStep(const CheckedStep& step, ScriptCall call, StepRun run) {
  Judge judge(step, run.tools.variables, run.tools.messages);
  JudgingSink sink(judge);
  auto source = std::make_unique<NotingSource>(std::move(call.requests), judge, run.sent);
  RequestSource& rest = source->inner();
  call.requests = std::move(source);
  const CallOutcome outcome = run.tools.caller.Run(call, sink);
  std::vector<Failure> failures = judge.Finish(outcome, false);
  if (!failures.empty() && !TypedWords(step)) run.sent.AddRest(rest);
  EndStep(run, judge, step, outcome, failures);
  return failures;
}

}  // namespace rpcctl
