// Makes the call of a step that knows everything it sends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "script/checked_step.h"
#include "script/step_run.h"

namespace rpcctl {

// What did not hold of `call`, which the step was made to.
std::vector<Failure> RunCallStep(const CheckedStep& step, ScriptCall call, StepRun run);

// What was typed behind the method, where nothing was filled in: the same words make the same call. Nothing
// where that is more than a command line holds; then the call is told by what was sent.
std::optional<std::vector<std::string>> TypedWords(const CheckedStep& step);

}  // namespace rpcctl
