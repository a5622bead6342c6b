#include "cmd/rpcctl/app.h"

#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/command_line.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/complete_command.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/cpu_limit.h"
#include "cmd/rpcctl/exit_code.h"
#include "cmd/rpcctl/option_choice.h"
#include "cmd/rpcctl/option_choices.h"
#include "cmd/rpcctl/refresh_command.h"
#include "cmd/rpcctl/time_limit.h"
#include "cmd/rpcctl/version.h"
#include "render/error_report.h"
#include "render/status_line.h"

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

// Does not return where the transport asked for is that of another program, which this process becomes.
Result<void> ReachTransport(const Flags& flags, Surroundings& around) {
  const bool connects = flags.command != Command::kHelp && flags.command != Command::kVersion;
  if (!connects || !flags.connection.transport) return {};
  const Result<std::string_view> name =
      Choose<std::string_view>("--transport", *flags.connection.transport, kTransportChoices);
  if (!name) return name.error();
  if (*name == around.transport.name) return {};
  return around.become(*name);
}

Result<Ending> RunTests(const Flags& flags, Surroundings& around, TimePoint began) {
  const Result<ScriptCommands> scripts = around.abilities.script_commands();
  return scripts ? scripts->run_test(flags, around, began) : scripts.error();
}

Result<Ending> Execute(const Flags& flags, Surroundings& around) {
  const TimePoint began = std::chrono::steady_clock::now();
  if (Result<void> reached = ReachTransport(flags, around); !reached) return reached.error();
  switch (flags.command) {
    case Command::kVersion:
      return Print(VersionText(around), around);
    case Command::kCall:
      return RunCallCommand(flags, around, began);
    case Command::kList:
      return RunListCommand(flags, around, began);
    case Command::kDescribe:
      return RunDescribeCommand(flags, around, began);
    case Command::kExport:
      return RunExportCommand(flags, around, began);
    case Command::kTemplate:
      return RunTemplateCommand(flags, around, began);
    case Command::kHealth:
      return RunHealthCommand(flags, around, began);
    case Command::kTest:
      return RunTests(flags, around, began);
    case Command::kCompletion:
      return RunCompletionCommand(flags, around);
    case Command::kHelp:
      break;
  }
  return Print(flags.help, around);
}

// What became of the command, output included: an answer that could not be written is a failure.
Result<Ending> ExecuteAndFlush(const Flags& flags, Surroundings& around) {
  Result<Ending> ending = Execute(flags, around);
  Result<void> flushed = around.out.Flush();
  if (ending && !flushed && ending->signal == 0) ending = flushed.error();
  if (!ending && ending.error().kind == ErrorKind::kOutput && TimeLimit::IsOver()) {
    return Error{ErrorKind::kStatus, "DEADLINE_EXCEEDED (4): the time was over while nobody read the output",
                 "", kDeadlineExceeded};
  }
  return ending;
}

// Whether the outcome is told as JSON; `words` say so where they are not understood as a whole.
bool WantsStatusLine(const Result<Flags>& flags, std::span<const std::string> words) {
  if (flags) return flags->connection.status == "json";
  constexpr std::string_view kOption = "--status";
  bool wants = false;  // the last one counts
  for (size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with(std::string(kOption) + "="))
      wants = words[i].substr(kOption.size() + 1) == "json";
    if (words[i] == kOption && i + 1 < words.size()) wants = words[i + 1] == "json";
  }
  return wants;
}

// The status that a call is told with: what this side did on purpose is no failure.
RpcStatus ToldStatus(const Ending& ending) {
  if (ending.signal != 0) return {kCancelled, "interrupted", ""};
  return ending.outcome->limit_reached ? RpcStatus{} : ending.outcome->status;
}

std::string StatusLineOf(const Result<Ending>& ending) {
  if (!ending) return StatusLine(ending.error(), ExitCodeOf(ending.error()));
  if (!ending->outcome) return ending->unmet ? StatusLine(*ending->unmet, ExitCodeOf(*ending->unmet)) : "";
  if (ending->unmet) return StatusLine(*ending->outcome, *ending->unmet, ExitCodeOf(*ending->unmet));
  const FailedCall failed = ending->failed.value_or(FailedCall{});
  return StatusLine(*ending->outcome, ToldStatus(*ending), failed.detail_documents, failed.hint);
}

// Far more than 10,000 methods take, which is a tenth of a second; a TAB is waited for, a refresh is not.
constexpr std::chrono::seconds kMostCpuOfCompletion{3};
constexpr std::chrono::seconds kMostCpuOfRefresh{20};

std::string ReportOf(const Result<Ending>& ending, Colour colour, bool on_terminal) {
  if (!ending) return ErrorReport(ending.error(), colour);
  if (ending->unmet) return ErrorReport(*ending->unmet, colour);
  if (!ending->failed || ending->signal != 0) return "";
  return StatusReport(*ending->failed, colour, on_terminal ? kMessageBytesOnTerminal : kMessageBytesInFile);
}

// For completion, once everything was said.
void Remember(const Ending& ending, const Flags& flags, const Surroundings& around) {
  if (ending.signal != 0 || !ending.leftovers || !ending.leftovers->heard) return;
  FeedCache(*ending.leftovers->heard, flags.connection, around);
}

}  // namespace

RunResult Run(std::span<const std::string> words, Surroundings& around) {
  if (!words.empty() && words.front() == kCompleteCommand) {
    const CpuLimit limit(kMostCpuOfCompletion);
    RunCompleteCommand(words.subspan(1), around);
    return {};
  }
  if (!words.empty() && words.front() == kRefreshCommand) {
    const CpuLimit limit(kMostCpuOfRefresh);
    RunRefreshCommand(words.subspan(1), around);
    return {};
  }
  Result<Flags> flags = ParseCommandLine(words);
  const Colour colour = ColourFor(flags ? flags->connection.colour : "auto", around.err_is_terminal, around);
  const Result<Ending> ending = flags ? ExecuteAndFlush(*flags, around) : Result<Ending>(flags.error());
  Tell(around.err, WantsStatusLine(flags, words) ? StatusLineOf(ending)
                                                 : ReportOf(ending, colour, around.err_is_terminal));
  if (!ending) return {ExitCodeOf(ending.error())};
  Remember(*ending, *flags, around);
  if (ending->signal != 0) return {kExitSuccess, ending->signal, ending->leftovers};
  if (ending->failed) return {ExitCodeOfStatus(ending->failed->status.code), 0, ending->leftovers};
  if (ending->unmet) return {ExitCodeOf(*ending->unmet), 0, ending->leftovers};
  const bool help_unasked = flags->command == Command::kHelp && !flags->help_asked;
  return {help_unasked ? kExitUsage : kExitSuccess, 0, ending->leftovers};
}

}  // namespace rpcctl
