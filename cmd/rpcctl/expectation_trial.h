// Tries expectations on a call that is over, as a script would.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "call/call_outcome.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/scripted_call.h"
#include "cmd/rpcctl/surroundings.h"

namespace rpcctl {

// A call that was made, and how it would be written. Borrowed.
struct TriedCall {
  const CallPlan& plan;
  const ConnectionFlags& typed;
  Client& client;
  const Surroundings& around;
  const ScriptedCall& call;
  const CallOutcome& outcome;
  const std::optional<std::string>& response;  // the first of them
};

// Those of `lines`, in their order, that a script of this call understands and that hold of it; what is said
// of the number of responses is taken as it is. kInternal where the call itself would not be understood.
Result<std::vector<std::string>> ExpectationsThatHold(const TriedCall& tried,
                                                      std::span<const std::string> lines);

}  // namespace rpcctl
