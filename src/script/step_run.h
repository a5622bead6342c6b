// The run of one step on its way into the report of its case.
#pragma once

#include "script/case_tools.h"
#include "script/judge.h"
#include "script/made_requests.h"
#include "script/report.h"

namespace rpcctl {

// Borrowed for the step.
struct StepRun {
  CaseTools& tools;
  MadeRequests& sent;  // takes what is sent
  CaseReport& report;  // takes the transcript, and whether the server was reached
};

// The step is over: `outcome` is that of its call.
void EndStep(StepRun run, Judge& judge, const CallOutcome& outcome);

}  // namespace rpcctl
