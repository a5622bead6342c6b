#include "script/judged_status.h"

#include "script/judged_expectation.h"
#include "script/told_text.h"

namespace rpcctl {

RpcStatus JudgedStatus(const CallOutcome& outcome) {
  if (outcome.limit_reached) return {};
  if (!outcome.error) return outcome.status;
  const bool not_reached =
      outcome.error->kind == ErrorKind::kConnect || outcome.error->kind == ErrorKind::kTls;
  if (not_reached) return {kUnavailable, outcome.error->message, ""};
  const bool has_status = outcome.error->kind == ErrorKind::kStatus;
  return {has_status ? outcome.error->status : static_cast<int>(kInternalStatus), outcome.error->message, ""};
}

std::string StatusText(const RpcStatus& status) {
  std::string text(StatusName(status.code));
  if (!status.message.empty()) text += ": " + Shortened(status.message);
  return text;
}

std::optional<Failure> JudgeStatus(const Expectation& expectation, const CallOutcome& outcome) {
  const RpcStatus status = JudgedStatus(outcome);
  if (expectation.code && *expectation.code != status.code) {
    return FailureOf(expectation, std::string(StatusName(*expectation.code)), StatusText(status));
  }
  if (!expectation.within || outcome.total <= *expectation.within) return std::nullopt;
  return FailureOf(expectation, "within " + FormatDuration(*expectation.within),
                   RoundedDuration(outcome.total));
}

}  // namespace rpcctl
