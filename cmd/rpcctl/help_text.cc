#include "cmd/rpcctl/help_text.h"

#include <fmt/format.h>

namespace rpcctl {
namespace {

constexpr size_t kTextColumn = 33;
constexpr size_t kLineColumns = 100;

std::string Names(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.short_names) names += name + ", ";
  if (names.empty()) names = "    ";
  for (const std::string& name : option.long_names) names += name;
  return option.value_name.empty() ? names : names + " " + option.value_name;
}

std::string GroupLines(const CommandRow& command, std::string_view group) {
  std::string lines;
  for (const OptionRow& option : command.options) {
    if (option.group != group) continue;
    const std::string names = Names(option);
    lines += fmt::format("  {:<{}} {}\n", names, kTextColumn - 3, option.text);
  }
  return lines.empty() ? "" : fmt::format("\n{}:\n{}", group, lines);
}

// The options of a group by name only, as many on a line as fit.
std::string CompactLines(const CommandRow& command, std::string_view group) {
  std::string lines, line;
  for (const OptionRow& option : command.options) {
    if (option.group != group) continue;
    const std::string& name = option.long_names.front();
    if (line.size() + name.size() + 3 > kLineColumns) {
      lines += line + ",\n";
      line.clear();
    }
    line += (line.empty() ? "  " : ", ") + name;
  }
  return line.empty() ? "" : lines + line + "\n";
}

std::string Usage(const CommandRow& command) {
  std::string usage = "rpcctl " + command.name;
  for (const WordRow& word : command.words) {
    const std::string name = word.name + (word.is_repeated ? "..." : "");
    usage += word.is_required ? " " + name : " [" + name + "]";
  }
  return usage + " [OPTION...]";
}

}  // namespace

std::string CommandHelp(const CommandRow& command) {
  std::string text = fmt::format("Usage: {}\n\n{}\n", Usage(command), command.text);
  for (const std::string_view group : {kRequestGroup, kOutputGroup, kSchemaGroup, kConnectionGroup}) {
    text += GroupLines(command, group);
  }
  if (const std::string more = CompactLines(command, kMoreConnectionGroup); !more.empty())
    text += fmt::format("{}  ('rpcctl help connection' tells what these do)\n", more);
  return text + "\n" + command.examples;
}

std::string ConnectionHelp(const CommandRow& command) {
  return "How rpcctl reaches a server: options of every command that connects\n" +
         GroupLines(command, kConnectionGroup) + GroupLines(command, kMoreConnectionGroup);
}

std::string ProgramHelp(std::span<const CommandRow> commands) {
  std::string text =
      "rpcctl learns a gRPC server's services and calls them, without generated code.\n\n"
      "Usage: rpcctl COMMAND [WORD...] [OPTION...]\n\nCommands:\n";
  for (const CommandRow& command : commands) text += fmt::format("  {:<10} {}\n", command.name, command.text);
  return text +
         "\nOptions:\n"
         "  -h, --help  show this help, or that of a command\n"
         "  --version   tell the version, and those of the libraries\n\n"
         "Examples:\n"
         "  rpcctl list                              what the server at localhost:50051 offers\n"
         "  rpcctl describe Greeter                  what its methods take and return\n"
         "  rpcctl call Greeter.SayHello name=you    one call\n"
         "  rpcctl call Greeter.SayHello name=you -t :8080 -v\n\n"
         "'rpcctl COMMAND --help' tells more; 'rpcctl help connection' tells about TLS, headers and the "
         "like.\n";
}

}  // namespace rpcctl
