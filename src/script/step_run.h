// The run of one step on its way into the report of its case.
#pragma once

#include <vector>

#include "script/case_tools.h"
#include "script/checked_step.h"
#include "script/judge.h"
#include "script/made_requests.h"
#include "script/report.h"

namespace rpcctl {

// Borrowed for the step.
struct StepRun {
  CaseTools& tools;
  MadeRequests& sent;  // takes what is sent
  CaseReport& report;  // takes the transcript, and whether the server was reached
  // Whether the time for all cases ends before that of the call: then that is the call's deadline, and the
  // server is not to blame for it.
  bool is_bounded_by_run = false;

  // The time for all cases is over, and the step had more of its own.
  bool TimeIsOver() const;
};

// The step is over: `outcome` is that of its call. One that the time for all cases cut short does not hold
// whatever was expected, and no value that came of it is the one to expect.
void EndStep(StepRun run, Judge& judge, const CheckedStep& step, const CallOutcome& outcome,
             std::vector<Failure>& failures);

}  // namespace rpcctl
