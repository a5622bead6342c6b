// Runs one case of a script, as often as it may be tried.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "script/case_captures.h"
#include "script/case_steps.h"
#include "script/case_tools.h"
#include "script/made_requests.h"
#include "script/report.h"

namespace rpcctl {

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
    bool is_bounded_by_run = false;  // as StepRun has it
    ScriptCall call;
    MadeCall made;
  };

  std::vector<Failure> RunStep(const CheckedStep& step, CaseReport& report);
  Result<std::vector<std::string>> FillHeaders();
  Result<Prepared> PrepareStep(const CheckedStep& step);
  // A step that did not hold, with what it sent.
  struct Failed {
    MadeCall made;
    MadeRequests sent;
  };
  std::string CommandLine(Failed failed) const;

  CaseTools tools_;
  // Of the last attempt: its command line is worth its while only once nothing is tried any more.
  std::optional<Failed> failed_;
};

}  // namespace rpcctl
