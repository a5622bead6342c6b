#include "cmd/rpcctl/app.h"

#include "cmd/rpcctl/command_line.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/exit_code.h"
#include "cmd/rpcctl/version.h"
#include "render/error_report.h"

namespace rpcctl {
namespace {

// A server's message of any length must not push everything else off a person's screen; a file takes it
// whole.
constexpr size_t kMessageBytesOnTerminal = 4096;
constexpr size_t kMessageBytesInFile = 1 << 20;

Result<Ending> Print(const std::string& text, Surroundings& around) {
  if (Result<void> written = around.out.Write(text); !written) return written.error();
  return Ending{};
}

Result<Ending> Execute(const Flags& flags, Surroundings& around) {
  const TimePoint began = std::chrono::steady_clock::now();
  switch (flags.command) {
    case Command::kVersion:
      return Print(VersionText(), around);
    case Command::kCall:
      return RunCallCommand(flags, around, began);
    case Command::kList:
      return RunListCommand(flags, around, began);
    case Command::kDescribe:
      return RunDescribeCommand(flags, around, began);
    case Command::kHelp:
      break;
  }
  return Print(flags.help, around);
}

// What became of the command, output included: an answer that could not be written is a failure.
Result<Ending> ExecuteAndFlush(const Flags& flags, Surroundings& around) {
  Result<Ending> ending = Execute(flags, around);
  Result<void> flushed = around.out.Flush();
  if (ending && !flushed && ending->signal == 0) return flushed.error();
  return ending;
}

// Standard error is the last resort: when it fails too, the exit code still tells.
void Tell(const std::string& report, Surroundings& around) {
  [[maybe_unused]] const Result<void> written = around.err.Write(report);
  [[maybe_unused]] const Result<void> flushed = around.err.Flush();
}

}  // namespace

RunResult Run(std::span<const std::string> words, Surroundings& around) {
  Result<Flags> flags = ParseCommandLine(words);
  const Colour colour = ColourFor(flags ? flags->connection.colour : "auto", around.err_is_terminal, around);
  Result<Ending> ending = flags ? ExecuteAndFlush(*flags, around) : Result<Ending>(flags.error());
  if (!ending) {
    Tell(ErrorReport(ending.error(), colour), around);
    return {ExitCodeOf(ending.error())};
  }
  if (ending->signal != 0) return {kExitSuccess, ending->signal, ending->leftovers};
  if (ending->failed) {
    const size_t limit = around.err_is_terminal ? kMessageBytesOnTerminal : kMessageBytesInFile;
    Tell(StatusReport(*ending->failed, colour, limit), around);
    return {ExitCodeOfStatus(ending->failed->status.code), 0, ending->leftovers};
  }
  const bool help_unasked = flags->command == Command::kHelp && !flags->help_asked;
  return {help_unasked ? kExitUsage : kExitSuccess, 0, ending->leftovers};
}

}  // namespace rpcctl
