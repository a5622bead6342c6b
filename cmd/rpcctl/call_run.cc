#include "cmd/rpcctl/call_run.h"

#include <fmt/format.h>

#include "base/size.h"
#include "cmd/rpcctl/counter_line.h"
#include "cmd/rpcctl/error_details.h"
#include "render/call_trace.h"
#include "render/status_line.h"

namespace rpcctl {
namespace {

// Hands responses on as they come; tells what happens on standard error when asked to.
class TellingSink final : public ResponseSink {
 public:
  // `sent` is the metadata of the call, borrowed for life: its secrets are masked where they come back.
  TellingSink(const TakeResponse& take, CounterLine& counter, Surroundings& around, int verbosity,
              const Metadata& sent)
      : take_(take), counter_(counter), around_(around), verbosity_(verbosity), sent_(sent) {}

  void OnHeaders(const Metadata& headers) override {
    if (verbosity_ > 0) Tell(TraceMetadata("<", Masked(headers)));
  }
  Result<void> OnMessage(std::string_view message) override {
    if (verbosity_ > 1) Tell(fmt::format("< message of {}\n", FormatSize(message.size())));
    Result<void> taken = take_(message);
    if (taken) counter_.Count(message.size());
    return taken;
  }
  Result<void> OnQuiet() override {
    counter_.Refresh();
    return around_.out.Flush();
  }
  TimePoint NextQuiet() const override { return counter_.NextRefresh(); }

  Metadata Masked(Metadata received) const {
    MarkEchoedSecrets(sent_, received);
    return received;
  }
  CallOutcome Masked(CallOutcome outcome) const {
    MarkEchoedSecrets(sent_, outcome.headers);
    MarkEchoedSecrets(sent_, outcome.trailers);
    HideSecrets(sent_, outcome.status.message);
    return outcome;
  }

  void Tell(const std::string& lines) {
    counter_.Erase();
    TellInStep(lines, around_);
  }

 private:
  const TakeResponse& take_;
  CounterLine& counter_;
  Surroundings& around_;
  const int verbosity_;
  const Metadata& sent_;
};

std::string HintFor(const RpcStatus& status) {
  // The transport's own words; a server that refuses a large request uses others.
  const bool too_large = status.code == kResourceExhausted && status.message.starts_with("response ");
  return too_large ? "--max-message-size raises the limit" : "";
}

FailedCall ToFailedCall(const RpcStatus& status, const KnownTypes& known) {
  return {status, DescribeErrorDetails(status.details, known), HintFor(status),
          ErrorDetailDocuments(status.details, known)};
}

}  // namespace

void AnnounceCancel(const ConnectionPlan& plan) {
  if (plan.status_line)
    Interrupt::Announce(StatusLine(CallOutcome{}, {kCancelled, "interrupted", ""}, {}, ""));
}

void TellInStep(std::string_view lines, Surroundings& around) {
  [[maybe_unused]] const Result<void> flushed = around.out.Flush();  // a failure is met again by the next one
  Tell(around.err, lines);
}

Result<Ending> RunPreparedCall(const CallSetting& setting, const PreparedCall& call, RequestSource& requests,
                               const TakeResponse& take) {
  const bool tells = setting.plan.verbosity > 0;
  CounterLine counter(setting.counter == Counter::kOn ? &setting.around.err : nullptr);
  TellingSink sink(take, counter, setting.around, setting.plan.verbosity, call.start.metadata);
  if (tells) sink.Tell(TraceStart(DescribeTarget(setting.plan), call));
  setting.interrupt.Catch();
  setting.client->connection.reset();  // what reflection made is not the call's
  CallOutcome outcome =
      sink.Masked(RunCall(*setting.client->transport, call, requests, sink, setting.interrupt.descriptor()));
  outcome.connection = setting.client->connection;
  setting.interrupt.Release();
  Interrupt::Silence();
  counter.Erase();
  Ending ending{.outcome = outcome, .leftovers = setting.client};
  ending.signal = Interrupt::Signal();
  if (ending.signal != 0) return ending;
  if (tells) sink.Tell(TraceOutcome(outcome));
  if (outcome.error) return *outcome.error;
  if (!outcome.ok()) ending.failed = ToFailedCall(outcome.status, TypesOf(*setting.client->schema));
  return ending;
}

}  // namespace rpcctl
