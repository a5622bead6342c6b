// The commands and options as plain rows, read off the option tree: what help, completion and the man page
// are made from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

// Positionals, which stand in no group of the help.
constexpr std::string_view kWordGroup = "Words";
constexpr std::string_view kRequestGroup = "Request";
constexpr std::string_view kOutputGroup = "Output";
constexpr std::string_view kSchemaGroup = "Schema";
constexpr std::string_view kConnectionGroup = "Connection";
// Options that a command's help names in few lines; 'rpcctl help connection' tells what they do.
constexpr std::string_view kMoreConnectionGroup = "More of the connection";

struct OptionRow {
  std::vector<std::string> short_names;  // "-t"
  std::vector<std::string> long_names;   // "--target"
  bool takes_value = false;
  std::string value_name;  // "ADDR"; empty for a flag
  std::string text;
  std::string group;  // one of the names above
};

// A positional word.
struct WordRow {
  std::string name;  // "METHOD"
  bool is_required = false;
  bool is_repeated = false;
};

struct CommandRow {
  std::string name;
  std::string text;
  std::vector<WordRow> words;
  std::vector<OptionRow> options;
  std::string examples;
};

// Every command of the program.
std::vector<CommandRow> CommandTable();

}  // namespace rpcctl
