#include <fmt/format.h>

#include "base/safe_text.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/call_run.h"
#include "cmd/rpcctl/health_answer.h"

namespace rpcctl {
namespace {

// What the options of `health` mean, once they were checked.
struct HealthPlan {
  ConnectionPlan connection;
  std::string service;  // empty for the server as a whole
  bool watch = false;
  uint64_t limit = 0;
};

Result<HealthPlan> MakeHealthPlan(const Flags& flags, const Surroundings& around, TimePoint began) {
  HealthPlan plan;
  if (flags.health.limit && !flags.health.watch) {
    return Error{ErrorKind::kUsage, "--limit counts the states of --watch, which is not given",
                 "without --watch there is one state"};
  }
  if (flags.health.limit) {
    Result<uint64_t> limit = ParseLimit(*flags.health.limit, "states");
    if (!limit) return limit.error();
    plan.limit = *limit;
  }
  Result<ConnectionPlan> connection = MakeConnectionPlan(flags.connection, around, began);
  if (!connection) return connection.error();
  plan.connection = std::move(*connection);
  plan.service = flags.health.service.value_or("");
  plan.watch = flags.health.watch;
  if (FindInvalidUtf8(plan.service) == std::string::npos) return plan;
  return Error{ErrorKind::kUsage, fmt::format("the service '{}' is not UTF-8", SafeText(plan.service)), ""};
}

// The one question of the call.
class OneRequest final : public RequestSource {
 public:
  explicit OneRequest(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<RequestStep> Next(std::string& message) override {
    if (given_) return RequestStep::kEnd;
    given_ = true;
    message = bytes_;
    return RequestStep::kMessage;
  }
  int descriptor() const override { return -1; }

 private:
  const std::string bytes_;
  bool given_ = false;
};

PreparedCall Prepare(const HealthPlan& plan) {
  PreparedCall call;
  call.start.path = plan.watch ? "/grpc.health.v1.Health/Watch" : "/grpc.health.v1.Health/Check";
  call.start.metadata = plan.connection.metadata;
  call.start.deadline = plan.connection.deadline;
  call.kind = plan.watch ? MethodKind::kServerStreaming : MethodKind::kUnary;
  call.limit = plan.limit;
  return call;
}

// What is wrong with the last state that the server told.
std::optional<Error> NotServing(const HealthPlan& plan, std::optional<int> state) {
  if (state && IsServing(*state)) return std::nullopt;
  const std::string whose = plan.service.empty() ? "the server" : SafeText(plan.service);
  if (!state) return Error{ErrorKind::kExpectation, whose + " has no state: the server told none"};
  return Error{ErrorKind::kExpectation, fmt::format("{} is {}", whose, HealthStateName(*state))};
}

}  // namespace

Result<Ending> RunHealthCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<HealthPlan> plan = MakeHealthPlan(flags, around, began);
  if (!plan) return plan.error();
  AnnounceCancel(plan->connection);
  Interrupt interrupt;
  const std::shared_ptr<Client> client =
      MakeClientWithoutSchema(plan->connection, around, kDefaultMaxMessageSize, interrupt.descriptor());
  OneRequest request(HealthQuestion(plan->service));
  std::optional<int> last;
  const auto print = [&](std::string_view message) -> Result<void> {
    Result<int> state = ReadHealthState(message);
    if (!state) return state.error();
    last = *state;
    return around.out.Write(HealthStateName(*state) + "\n");
  };
  Result<Ending> ending =
      RunPreparedCall({plan->connection, client, interrupt, around}, Prepare(*plan), request, print);
  if (!ending || ending->signal != 0 || ending->failed) return ending;
  ending->unmet = NotServing(*plan, last);
  return ending;
}

}  // namespace rpcctl
