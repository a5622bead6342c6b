// Makes the acts of a step on a stream that is open.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "script/case_runner.h"
#include "script/made_requests.h"

namespace rpcctl {

// What the acts of one step are made with; borrowed for the step.
struct LiveTools {
  const CheckedStep& step;
  LiveCall& call;
  Judge& judge;
  CaseTools& tools;
  TimePoint deadline;  // of the call
  MadeRequests& sent;  // takes what is sent
};

// Makes one act after the other, closes the stream where the script does not, and takes in what comes until
// the end of the call. What did not hold; the first act that fails is the last that is made.
std::vector<Failure> RunActs(LiveTools live);

}  // namespace rpcctl
