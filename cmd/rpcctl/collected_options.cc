#include "cmd/rpcctl/collected_options.h"

#include <algorithm>
#include <functional>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr std::string_view kHelp = "help";

std::vector<std::string> SplitNames(std::string_view names) {
  std::vector<std::string> split;
  while (true) {
    const size_t comma = names.find(',');
    split.emplace_back(names.substr(0, comma));
    if (comma == std::string_view::npos) return split;
    names.remove_prefix(comma + 1);
  }
}

KnownOption HelpOption() {
  return {SplitNames(kHelpNames), std::string(kHelpText)};
}

}  // namespace

// A command's options, and where the value of each goes.
struct CollectedOptions::Row final : OptionAdder {
  using Setter = std::function<void(const std::string& value)>;

  void Group(std::string_view) override {}
  void Add(const std::string& names, std::optional<std::string>& value, const std::string& value_name,
           const std::string& text) override {
    AddValue(names, value_name, text, [&value](const std::string& given) { value = given; });
  }
  void Add(const std::string& names, std::string& value, const std::string& value_name,
           const std::string& text) override {
    AddValue(names, value_name, text, [&value](const std::string& given) { value = given; });
  }
  void Add(const std::string& names, std::vector<std::string>& values, const std::string& value_name,
           const std::string& text) override {
    AddValue(names, value_name, text, [&values](const std::string& given) { values.push_back(given); });
    if (names[0] == '-') {
      known.options.back().repeatable = true;
    } else {
      known.words.back().repeated = true;
    }
  }
  void Add(const std::string& names, bool& value, const std::string& text) override {
    AddFlag(names, text, [&value](const std::string&) { value = true; });
  }
  void Choices(ChoiceWords words) override { known.options.back().choices = words(); }
  void AddRequired(const std::string& name, std::string&) override { known.words.push_back({name, false}); }
  void AddCount(const std::string& names, int& count, const std::string& text) override {
    AddFlag(names, text, [&count](const std::string&) { ++count; });
    known.options.back().repeatable = true;
  }

  void AddFlag(const std::string& names, const std::string& text, Setter setter) {
    known.options.push_back({SplitNames(names), text});
    setters.push_back(std::move(setter));
  }
  void AddValue(const std::string& names, const std::string& value_name, const std::string& text,
                Setter setter) {
    if (names[0] != '-') {
      known.words.push_back({names, false});
      return;
    }
    AddFlag(names, text, std::move(setter));
    known.options.back().takes_value = true;
    known.options.back().value_name = value_name;
  }

  KnownCommand known;
  std::vector<Setter> setters;  // one an option, in the same order
  Flags flags;
};

CollectedOptions::CollectedOptions() {
  for (const CommandEntry& entry : Commands()) table_.commands.push_back({entry.name, entry.text});
  table_.commands.push_back({kHelp, "tell how a command is used"});
  table_.program_options = {HelpOption(), {{std::string(kVersionName)}, std::string(kVersionText)}};
  table_.command = [this](std::string_view name) -> const KnownCommand& { return RowOf(name).known; };
}

CollectedOptions::~CollectedOptions() = default;

CollectedOptions::Row& CollectedOptions::RowOf(std::string_view command) {
  if (const auto found = rows_.find(command); found != rows_.end()) return *found->second;
  Row& row = *rows_.emplace(command, std::make_unique<Row>()).first->second;
  for (const CommandEntry& entry : Commands()) {
    if (entry.name == command) AddOptions(entry, row, row.flags);
  }
  if (command == kHelp) {
    std::string topics;
    for (const CommandEntry& entry : Commands()) topics += std::string(entry.name) + "|";
    row.known.words.push_back({topics + "connection", false});
  } else {
    row.AddFlag(std::string(kHelpNames), std::string(kHelpText), [](const std::string&) {});
  }
  return row;
}

ConnectionFlags CollectedOptions::FlagsOf(const GivenLine& line) {
  Row& row = RowOf(line.command);
  row.flags.connection = {};
  for (const GivenOption& given : line.options) {
    const auto is_it = [&](const KnownOption& option) { return &option == given.option; };
    const auto option = std::ranges::find_if(row.known.options, is_it);
    if (option == row.known.options.end()) continue;
    row.setters[static_cast<size_t>(option - row.known.options.begin())](given.value);
  }
  return row.flags.connection;
}

}  // namespace rpcctl
