// The commands of the program, one function each; each stands in a file of its own.
#pragma once

#include <memory>
#include <optional>

#include "base/duration.h"
#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "render/error_report.h"

namespace rpcctl {

struct Client;

// How a command ended, when nothing prevented it from doing its work.
struct Ending {
  std::optional<FailedCall> failed = {};    // its call ended with a status other than OK
  int signal = 0;                           // it was interrupted by this signal
  std::optional<CallOutcome> outcome = {};  // of the call that was its work
  // What the command worked with, kept for what the server said of its schema, and so that a process about to
  // end need not take it apart (a millisecond for the gRPC library); null where there is nothing.
  std::shared_ptr<const Client> leftovers = {};
  // The command did its work, and what it found is not what was hoped for: to be told as an error.
  std::optional<Error> unmet = {};
};

// Each takes all flags, checks its own, does its work and returns how it ended; none prints an error or
// decides an exit code. `began` is when the program began.
Result<Ending> RunCallCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunListCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunDescribeCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunExportCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunTemplateCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunHealthCommand(const Flags& flags, Surroundings& around, TimePoint began);
Result<Ending> RunTestCommand(const Flags& flags, Surroundings& around, TimePoint began);
// Connects to nothing, and takes no time that counts.
Result<Ending> RunCompletionCommand(const Flags& flags, Surroundings& around);

}  // namespace rpcctl
