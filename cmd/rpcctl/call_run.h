// Makes the one call of a command, with all that commands which call have in common.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "call/call_engine.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/interrupt.h"

namespace rpcctl {

// Whether a long stream may be counted on a terminal while it lasts.
enum class Counter { kOff, kOn };

// What a call is made with. All but the client is borrowed.
struct CallSetting {
  const ConnectionPlan& plan;
  std::shared_ptr<Client> client;
  Interrupt& interrupt;
  Surroundings& around;
  Counter counter = Counter::kOff;
};

// Does with a response message what the command is there for. An error ends the call.
using TakeResponse = std::function<Result<void>(std::string_view message)>;

// Makes `call` and returns how it ended. A signal cancels it; -v tells of it on standard error; standard
// output is flushed whenever no further message is waiting.
Result<Ending> RunPreparedCall(const CallSetting& setting, const PreparedCall& call, RequestSource& requests,
                               const TakeResponse& take);

// For --status json: until RunPreparedCall a signal that ends the process tells so first.
void AnnounceCancel(const ConnectionPlan& plan);

// Writes `lines` to standard error, after what standard output holds: both streams stay in step where they go
// to the same terminal.
void TellInStep(std::string_view lines, Surroundings& around);

}  // namespace rpcctl
