// Makes the acts of a step on a stream that is open.
#pragma once

#include <vector>

#include "script/checked_step.h"
#include "script/step_run.h"

namespace rpcctl {

// Opens `call`, makes one act after the other, closes the stream where the script does not, and takes in what
// comes until the end of the call. What did not hold; the first act that fails is the last that is made.
std::vector<Failure> RunLiveStep(const CheckedStep& step, ScriptCall call, StepRun run);

}  // namespace rpcctl
