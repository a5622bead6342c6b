// Prints the manual page rpcctl(1), in the man macros of groff_man(7).
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "cmd/rpcctl/command_table.h"

namespace rpcctl {
namespace {

// Text as roff reads it: a backslash and a hyphen mean themselves, a dot or quote at a line's start is text.
std::string Roff(std::string_view text) {
  std::string roff;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) roff += "\\&";
    at_start = c == '\n';
    if (c == '\\') {
      roff += "\\e";
    } else if (c == '-') {
      roff += "\\-";
    } else {
      roff += c;
    }
  }
  return roff;
}

std::string OptionEntry(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.short_names) names += fmt::format("\\fB{}\\fR, ", Roff(name));
  for (const std::string& name : option.long_names) names += fmt::format("\\fB{}\\fR", Roff(name));
  if (option.takes_value) names += fmt::format(" \\fI{}\\fR", Roff(option.value_name));
  return fmt::format(".TP\n{}\n{}\n", names, Roff(option.text));
}

std::string CommandUsage(const CommandRow& command) {
  std::string usage = fmt::format("\\fBrpcctl {}\\fR", command.name);
  for (const WordRow& word : command.words) {
    const std::string name = fmt::format("\\fI{}\\fR{}", Roff(word.name), word.is_repeated ? "..." : "");
    usage += word.is_required ? " " + name : " [" + name + "]";
  }
  return usage + " [\\fIOPTION\\fR...]";
}

bool Connects(const CommandRow& command) {
  return std::ranges::any_of(command.options,
                             [](const OptionRow& option) { return option.group == kConnectionGroup; });
}

// By all commands that connect.
bool IsShared(const OptionRow& option, const std::vector<CommandRow>& commands) {
  for (const CommandRow& command : commands) {
    bool has = !Connects(command);
    for (const OptionRow& other : command.options) has = has || other.long_names == option.long_names;
    if (!has) return false;
  }
  return option.long_names.empty() || option.long_names.front() != "--help";
}

// Those that say where types come from are the same wherever they are.
bool IsForTypes(const OptionRow& option) {
  return option.group == kSchemaGroup;
}

std::string CommandSection(const CommandRow& command, const std::vector<CommandRow>& commands) {
  std::string section =
      fmt::format(".SS {}\n{}\n.PP\n{}.\n", command.name, CommandUsage(command), Roff(command.text));
  for (const OptionRow& option : command.options) {
    const bool is_help = !option.long_names.empty() && option.long_names.front() == "--help";
    if (!is_help && !IsForTypes(option) && !IsShared(option, commands)) section += OptionEntry(option);
  }
  if (command.examples.empty()) return section;
  return section + fmt::format(".PP\n.nf\n{}.fi\n", Roff(command.examples));
}

std::string OptionsForTypes(const std::vector<CommandRow>& commands) {
  std::string section =
      ".SH OPTIONS OF COMMANDS THAT NEED TYPES\nAll but \\fBhealth\\fR and \\fBcompletion\\fR.\n";
  for (const OptionRow& option : commands.front().options) {
    if (IsForTypes(option)) section += OptionEntry(option);
  }
  return section;
}

std::string SharedOptions(const std::vector<CommandRow>& commands) {
  std::string section =
      ".SH OPTIONS OF EVERY COMMAND THAT CONNECTS\nAll but \\fBcompletion\\fR.\n.TP\n\\fB\\-h\\fR, "
      "\\fB\\-\\-help\\fR\nshow help\n";
  for (const OptionRow& option : commands.front().options) {
    if (!IsForTypes(option) && IsShared(option, commands)) section += OptionEntry(option);
  }
  return section;
}

constexpr std::string_view kHead = R"(.\" Made from the option tree by ./dev docs; do not edit.
.TH RPCCTL 1 "" "rpcctl" "User Commands"
.SH NAME
rpcctl \- call gRPC services without generated code
.SH SYNOPSIS
\fBrpcctl\fR \fICOMMAND\fR [\fIWORD\fR...] [\fIOPTION\fR...]
.br
\fBrpcctl \-\-version\fR
.SH DESCRIPTION
\fBrpcctl\fR learns the services of a gRPC server by reflection, from .proto files or from descriptor sets, and invokes any
method, unary or streaming. Options may stand before or after other words; \fB\-\-\fR ends them.
.SH COMMANDS
)";

constexpr std::string_view kFoot = R"(.SH ENVIRONMENT
.TP
\fBRPCCTL_TARGET\fR
the target where \fB\-\-target\fR is not given
.TP
\fBgrpc_proxy\fR, \fBhttps_proxy\fR, \fBhttp_proxy\fR
the proxy where \fB\-\-proxy\fR is not given; in lower or upper case, the first that is set
.TP
\fBno_proxy\fR
what is reached without it: names, .suffixes, addresses, networks (192.0.2.0/24), or *
.TP
\fBNO_COLOR\fR, \fBTERM\fR
no colours where NO_COLOR is set, or TERM is dumb
.SH FILES
.TP
\fI../libexec/rpcctl/rpcctl\-core\fR
seen from the folder of \fBrpcctl\fR: the program that it becomes for \fB\-\-transport grpc\fR
.TP
\fI../libexec/rpcctl/rpcctl\-tls.so\fR
what it loads for connections with TLS
.SH EXIT STATUS
.TP
0
success
.TP
1
an error of rpcctl itself
.TP
2
usage: options, an unknown command, an ambiguous or malformed name
.TP
3
request data is wrong, or a local file cannot be read; nothing was sent
.TP
4
the schema cannot be had, or a symbol is not in it
.TP
5
no connection; nothing of the call reached the server
.TP
6
TLS failed; nothing of the call was processed
.TP
7
output could not be written
.TP
8
an expectation did not hold
.TP
64 + n
the call ended with the gRPC status n
.SH SEE ALSO
The user's guide and the list of exit codes, in the folder docs of the project.
)";

std::string ManPage() {
  const std::vector<CommandRow> commands = CommandTable();
  std::string page(kHead);
  for (const CommandRow& command : commands) page += CommandSection(command, commands);
  return page + OptionsForTypes(commands) + SharedOptions(commands) + std::string(kFoot);
}

}  // namespace
}  // namespace rpcctl

int main() {
  const std::string page = rpcctl::ManPage();
  return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
