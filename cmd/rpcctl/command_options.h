// Which commands there are and which options each of them has. Knows no parser of command lines.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/rpcctl/flags.h"

namespace rpcctl {

// Of the program itself and, help, of each of its commands.
constexpr std::string_view kHelpNames = "-h,--help";
constexpr std::string_view kHelpText = "show this help";
constexpr std::string_view kVersionName = "--version";
constexpr std::string_view kVersionText = "tell the version, and those of the libraries";

// Takes the options of a command one after the other. Names are "-t,--target"; one without a dash is a word.
// Of an option that is given twice the last counts; a list takes one value each time, a list of words all
// that are left. The values are borrowed and filled when a line is parsed.
class OptionAdder {
 public:
  virtual ~OptionAdder() = default;
  // The heading under which help shows what is added from here on.
  virtual void Group(std::string_view group) = 0;
  virtual void Add(const std::string& names, std::optional<std::string>& value, const std::string& value_name,
                   const std::string& text) = 0;
  virtual void Add(const std::string& names, std::string& value, const std::string& value_name,
                   const std::string& text) = 0;
  virtual void Add(const std::string& names, std::vector<std::string>& values, const std::string& value_name,
                   const std::string& text) = 0;
  virtual void Add(const std::string& names, bool& value, const std::string& text) = 0;
  // All values that the option added last takes. Called when somebody wants to know.
  using ChoiceWords = std::vector<std::string> (*)();
  virtual void Choices(ChoiceWords words) = 0;
  // A word that must be there.
  virtual void AddRequired(const std::string& name, std::string& value) = 0;
  // A flag that counts how often it is given.
  virtual void AddCount(const std::string& names, int& count, const std::string& text) = 0;
};

struct CommandEntry {
  std::string_view name;
  Command command;
  std::string_view text;
  bool needs_schema;  // has the options that say where types come from
  void (*add_options)(OptionAdder& add, Flags& flags);
  std::string_view examples;  // and whatever else stands at the end of its help
  bool connects = true;       // has the options that say how a server is reached
};

std::span<const CommandEntry> Commands();

// Adds all options of `entry`, those of every command included.
void AddOptions(const CommandEntry& entry, OptionAdder& add, Flags& flags);

}  // namespace rpcctl
