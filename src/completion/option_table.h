// The program's commands and options as completion wants to know them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

struct KnownOption {
  std::vector<std::string> names;  // "-t", "--target"
  std::string text;                // what help says
  bool takes_value = false;
  bool repeatable = false;                // may be given again and mean more
  std::string value_name = {};            // as help has it: see value_form.h
  std::vector<std::string> choices = {};  // all its values, where there are few

  bool IsCalled(std::string_view name) const;
};

// A word that is no option.
struct KnownWord {
  std::string name;  // as help has it: "METHOD"
  bool repeated = false;
};

struct KnownCommand {
  std::vector<KnownWord> words;
  std::vector<KnownOption> options;
};

struct CommandName {
  std::string_view name;
  std::string_view text;
};

struct OptionTable {
  std::vector<CommandName> commands;
  std::vector<KnownOption> program_options;  // of the program itself, which none of its commands has
  // The command of this name, one of `commands`. The reference lives as long as the table.
  std::function<const KnownCommand&(std::string_view name)> command;
};

}  // namespace rpcctl
