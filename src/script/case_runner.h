// Runs one case of a script, as often as it may be tried.
#pragma once

#include <functional>
#include <vector>

#include "script/caller.h"
#include "script/case_captures.h"
#include "script/case_steps.h"
#include "script/judge.h"
#include "script/made_requests.h"
#include "script/report.h"
#include "script/secret_mask.h"

namespace rpcctl {

// What the cases of one script are run with. All but the last two is borrowed for life.
struct CaseTools {
  Caller& caller;
  MessageTable& messages;
  Variables& variables;
  SecretMask& mask;
  const std::vector<HeaderSetting>& headers;
  Duration timeout{};                     // of a call that names none
  std::optional<Duration> set_timeout;    // the same, where it is not the default
  TimePoint deadline = TimePoint::max();  // of the whole script
  // Waits; false when the run was interrupted meanwhile.
  std::function<bool(TimePoint until)> pause;
  std::function<bool()> interrupted;
};

class CaseRunner final {
 public:
  explicit CaseRunner(CaseTools tools) : tools_(std::move(tools)) {}

  // Tries the case until it holds, its attempts are used up, the time of the script is over or the run is
  // interrupted; then it is skipped.
  CaseReport Run(CaseSteps& made);

 private:
  // One attempt: what did not hold. Later steps are not made once one did not hold.
  std::vector<Failure> Attempt(CaseSteps& made, CaseCaptures& captures, CaseReport& report);
  // A step that is about to be made: `made` is without the messages.
  struct Prepared {
    ScriptCall call;
    MadeCall made;
  };

  std::vector<Failure> RunStep(const CheckedStep& step, CaseReport& report);
  std::vector<Failure> RunCallStep(const CheckedStep& step, ScriptCall call, MadeRequests& sent,
                                   CaseReport& report);
  std::vector<Failure> RunLiveStep(const CheckedStep& step, ScriptCall call, MadeRequests& sent,
                                   CaseReport& report);
  Result<std::vector<std::string>> FillHeaders();
  Result<Prepared> PrepareStep(const CheckedStep& step);
  // Before anything is told of them, though they be refused.
  void HideSecretsOf(std::span<const std::string> headers);
  std::string CommandLine(MadeCall made, MadeRequests& sent) const;
  void Mask(CaseReport& report) const;

  CaseTools tools_;
};

}  // namespace rpcctl
