// Whether a call ended as it was expected to.
#pragma once

#include <optional>
#include <string>

#include "call/call_outcome.h"
#include "script/report.h"
#include "script/script.h"

namespace rpcctl {

// The status that a call is judged by: what was not reached is UNAVAILABLE.
RpcStatus JudgedStatus(const CallOutcome& outcome);

// "NOT_FOUND: no such feature". Not safe to show.
std::string StatusText(const RpcStatus& status);

// What does not hold of "expect CODE within DUR".
std::optional<Failure> JudgeStatus(const Expectation& expectation, const CallOutcome& outcome);

}  // namespace rpcctl
