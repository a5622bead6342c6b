// How a command ended, for programs: one line of JSON (--status json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "call/call_outcome.h"

namespace rpcctl {

// A call that was made. `status` is how it is told, OK where the outcome's own was this side's doing;
// `details` are JSON documents. Every line ends in a newline and holds no unsafe character.
std::string StatusLine(const CallOutcome& outcome, const RpcStatus& status,
                       const std::vector<std::string>& details, std::string_view hint);

// The same for a call that went well and whose answer is not as hoped for.
std::string StatusLine(const CallOutcome& outcome, const Error& unmet, int exit_code);

// An error of our own, or a status of gRPC that another call than the command's own ended with. `exit_code`
// is the number of the first.
std::string StatusLine(const Error& error, int exit_code);

}  // namespace rpcctl
