#include "cmd/rpcctl/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/command_options.h"
#include "cmd/rpcctl/help_text.h"
#include "cmd/rpcctl/opaque_words.h"

namespace rpcctl {
namespace {

// Where the parser puts what it read, remembered so that hidden words can be shown again.
struct Values {
  std::vector<std::string*> single;
  std::vector<std::optional<std::string>*> optional;
  std::vector<std::vector<std::string>*> lists;
};

// The options that a command line may mean, by the look of its words; all of them where it is empty. To make
// options takes CLI11 longer than to parse them, since it compares each with all before it.
class Mentioned final {
 public:
  Mentioned() : needs_all_(true) {}
  explicit Mentioned(std::span<const std::string> words) {
    for (const std::string& word : words) {
      if (!word.starts_with('-')) continue;
      names_.insert(word.substr(0, word.find('=')));
      // A row of short options, one with its value behind it, or a mistake.
      needs_all_ = needs_all_ || (word.size() > 2 && word[1] != '-') || word == "-h" || word == "--help";
    }
    needs_all_ = needs_all_ || words.empty() || words.front() == "help";
  }

  bool IsAll() const { return needs_all_; }
  // `names` as OptionAdder takes them; words always are.
  bool Has(std::string_view names) const {
    if (needs_all_ || !names.starts_with('-')) return true;
    while (true) {
      const size_t comma = names.find(',');
      if (names_.contains(names.substr(0, comma))) return true;
      if (comma == std::string_view::npos) return false;
      names.remove_prefix(comma + 1);
    }
  }

 private:
  std::set<std::string, std::less<>> names_;
  bool needs_all_ = false;
};

// The one place that adds an option to the parser: every rule that holds for all of them stands here. CLI11
// takes an option without a group for a hidden one.
class Adder final : public OptionAdder {
 public:
  Adder(CLI::App& app, Values& values, const Mentioned& mentioned)
      : app_(app), values_(values), mentioned_(mentioned), group_(kWordGroup) {}

  void Group(std::string_view group) override { group_ = group; }
  void Add(const std::string& names, std::optional<std::string>& value, const std::string& value_name,
           const std::string& text) override {
    if (!mentioned_.Has(names)) return;
    Place(app_.add_option(names, value, text)->take_last()->type_name(value_name));
    values_.optional.push_back(&value);
  }
  void Add(const std::string& names, std::string& value, const std::string& value_name,
           const std::string& text) override {
    if (!mentioned_.Has(names)) return;
    Place(app_.add_option(names, value, text)->take_last()->type_name(value_name));
    values_.single.push_back(&value);
  }
  void Add(const std::string& names, std::vector<std::string>& values, const std::string& value_name,
           const std::string& text) override {
    if (!mentioned_.Has(names)) return;
    const bool is_positional = names[0] != '-';
    Place(app_.add_option(names, values, text)->allow_extra_args(is_positional)->type_name(value_name));
    values_.lists.push_back(&values);
  }
  void Add(const std::string& names, bool& value, const std::string& text) override {
    if (!mentioned_.Has(names)) return;
    Place(app_.add_flag(names, value, text));
  }
  void Choices(ChoiceWords) override {}  // plans check them
  void AddRequired(const std::string& name, std::string& value) override {
    if (!mentioned_.Has(name)) return;
    Place(app_.add_option(name, value)->required());
    values_.single.push_back(&value);
  }
  void AddCount(const std::string& names, int& count, const std::string& text) override {
    if (!mentioned_.Has(names)) return;
    Place(app_.add_flag(names, count, text));
  }

 private:
  void Place(CLI::Option* option) { option->group(std::string(group_)); }

  CLI::App& app_;
  Values& values_;
  const Mentioned& mentioned_;
  std::string_view group_;
};

// The option tree and the flags it fills.
struct Tree {
  Flags flags;
  Values values;
  CLI::App program{"An interactive gRPC client: learns a server's services and calls them.", "rpcctl"};
  bool version = false;

  // With the options of the command `only`, or of all where it is none; without the other commands where a
  // line mentions no more than it needs.
  explicit Tree(std::string_view only = "", const Mentioned& mentioned = {}) {
    if (mentioned.Has(kVersionName))
      program.add_flag(std::string(kVersionName), version, std::string(kVersionText));
    // Commands have what the program has.
    program.set_help_flag(std::string(mentioned.IsAll() ? kHelpNames : ""), std::string(kHelpText));
    const auto is_named = [&](const CommandEntry& entry) { return entry.name == only; };
    const bool one = std::ranges::any_of(Commands(), is_named);
    for (const CommandEntry& entry : Commands()) {
      if (one && !mentioned.IsAll() && !is_named(entry)) continue;
      CLI::App* app = program.add_subcommand(std::string(entry.name), std::string(entry.text));
      app->footer(std::string(entry.examples));
      Adder adder(*app, values, mentioned);
      if (!one || is_named(entry)) AddOptions(entry, adder, flags);
    }
  }
};

std::vector<const CLI::App*> Subcommands(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
}

OptionRow RowOf(const CLI::Option& option) {
  OptionRow row;
  for (const std::string& name : option.get_snames()) row.short_names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.long_names.push_back("--" + name);
  row.takes_value = option.get_items_expected_max() > 0;
  row.value_name = row.takes_value ? option.get_type_name() : "";
  row.text = option.get_description();
  row.group = option.get_group();
  return row;
}

CommandRow RowOf(const CLI::App& command) {
  CommandRow row{command.get_name(), command.get_description(), {}, {}, command.get_footer()};
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) {
      row.words.push_back(
          {option->get_name(true), option->get_required(), option->get_items_expected_max() > 1});
    } else {
      row.options.push_back(RowOf(*option));
    }
  }
  return row;
}

std::vector<CommandRow> TableOf(const CLI::App& program) {
  std::vector<CommandRow> table;
  for (const CLI::App* command : Subcommands(program)) table.push_back(RowOf(*command));
  return table;
}

// ---- errors ----

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Error UnknownOption(const CLI::App& app, const std::string& word) {
  std::string hint = DidYouMean(word, OptionNames(app));
  if (hint.empty() && app.get_parent() == nullptr)
    hint = "options stand behind the command: rpcctl COMMAND [OPTION...]";
  if (hint.empty()) {
    // "-5" and "-x=1" may be meant as words.
    const bool may_be_word = word.find('=') != std::string::npos || !word.starts_with("--");
    hint = fmt::format("'rpcctl {} --help' lists the options{}", app.get_name(),
                       may_be_word ? "; words that begin with '-' come after '--'" : "");
  }
  return {ErrorKind::kUsage, fmt::format("unknown option '{}'", SafeText(word)), hint};
}

Error UnknownCommand(const CLI::App& program, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : Subcommands(program)) names.push_back(command->get_name());
  std::string hint = DidYouMean(word, names);
  // A method where the command should stand is what people type who come from other tools.
  if (word.find(':') != std::string::npos) hint = "-t names the server: rpcctl list -t " + SafeText(word);
  if (hint.empty() && word.find_first_of("./") != std::string::npos) hint = "rpcctl call " + SafeText(word);
  if (hint.empty()) hint = "the commands are " + JoinForSentence(names, "and");
  return {ErrorKind::kUsage, fmt::format("unknown command '{}'", SafeText(word)), hint};
}

// What the parser refused, in our own words.
Error Refused(const Tree& tree, const OpaqueWords& hidden, const CLI::ParseError& error) {
  const auto chosen = tree.program.get_subcommands();
  const CLI::App& app = chosen.empty() ? tree.program : *chosen.front();
  for (const std::string& left : app.remaining()) {
    if (left.starts_with('-')) return UnknownOption(app, left);
  }
  const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
  if (code == CLI::ExitCodes::RequiredError) {
    return {ErrorKind::kUsage, fmt::format("'{}' needs more: {}", app.get_name(), error.what()),
            fmt::format("'rpcctl {} --help' tells how it is used", app.get_name())};
  }
  if (code == CLI::ExitCodes::ArgumentMismatch) {
    const std::string what = error.what();
    return {ErrorKind::kUsage, fmt::format("option {} needs a value", what.substr(0, what.find(':'))),
            fmt::format("'rpcctl {} --help' tells what it takes", app.get_name())};
  }
  if (code == CLI::ExitCodes::ExtrasError) {
    std::string extra = app.remaining().empty() ? "" : app.remaining().front();
    hidden.Show(extra);
    return {ErrorKind::kUsage,
            fmt::format("'{}' takes fewer words: '{}' is one too many", app.get_name(), SafeText(extra)),
            fmt::format("'rpcctl {} --help' tells how it is used", app.get_name())};
  }
  return {ErrorKind::kUsage, SafeText(error.what()), ""};
}

// ---- parsing ----

// Whether any command has an option of this name that takes a value.
bool TakesValue(const CLI::App& program, std::string_view name) {
  for (const CLI::App* command : Subcommands(program)) {
    const CLI::Option* option = command->get_option_no_throw(std::string(name));
    if (option != nullptr && option->get_items_expected_max() > 0) return true;
  }
  return false;
}

void ShowAll(const OpaqueWords& hidden, const Values& values) {
  for (std::string* word : values.single) hidden.Show(*word);
  for (std::optional<std::string>* word : values.optional) {
    if (*word) hidden.Show(**word);
  }
  for (std::vector<std::string>* words : values.lists) {
    for (std::string& word : *words) hidden.Show(word);
  }
}

Result<Flags> FlagsOf(Tree& tree, const OpaqueWords& hidden) {
  const std::vector<CLI::App*> chosen = tree.program.get_subcommands();
  Flags& flags = tree.flags;
  ShowAll(hidden, tree.values);
  if (tree.version) {
    flags.command = Command::kVersion;
  } else if (chosen.empty()) {
    flags.help = ProgramHelp(TableOf(tree.program));
    flags.help_asked = false;
  } else {
    for (const CommandEntry& entry : Commands()) {
      if (chosen.front()->get_name() == entry.name) flags.command = entry.command;
    }
  }
  return std::move(flags);
}

// "-plaintext", as grpcurl has it, would be read as a row of short options.
std::optional<Error> SingleDash(const CLI::App& program, std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word.size() < 3 || word[0] != '-' || word[1] == '-') continue;
    const std::string meant = "-" + word.substr(0, word.find('='));
    for (const CLI::App* command : Subcommands(program)) {
      if (command->get_option_no_throw(meant) == nullptr) continue;
      return Error{ErrorKind::kUsage, fmt::format("unknown option '{}'", SafeText(word)),
                   fmt::format("did you mean '{}'?", meant)};
    }
  }
  return std::nullopt;
}

bool IsCommand(const CLI::App& program, const std::string& word) {
  const std::vector<const CLI::App*> commands = Subcommands(program);
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* app) { return app->get_name() == word; });
}

Result<Flags> Parse(std::vector<std::string> typed, const Mentioned& mentioned) {
  Tree tree(typed.empty() ? "" : typed[0], mentioned);
  if (std::optional<Error> single_dash = SingleDash(tree.program, typed)) return *single_dash;
  OpaqueWords hidden;
  std::vector<std::string> seen =
      hidden.Hide(typed, [&](std::string_view name) { return TakesValue(tree.program, name); });
  if (!seen.empty() && seen[0][0] != '-' && !IsCommand(tree.program, seen[0])) {
    return UnknownCommand(tree.program, seen[0]);
  }
  std::reverse(seen.begin(), seen.end());  // CLI11 takes its words from the back
  try {
    tree.program.parse(std::move(seen));
  } catch (const CLI::CallForHelp&) {
    const auto chosen = tree.program.get_subcommands();
    tree.flags.help =
        chosen.empty() ? ProgramHelp(TableOf(tree.program)) : CommandHelp(RowOf(*chosen.front()));
    return std::move(tree.flags);
  } catch (const CLI::ParseError& error) {
    return Refused(tree, hidden, error);
  }
  return FlagsOf(tree, hidden);
}

}  // namespace

std::vector<CommandRow> CommandTable() {
  return TableOf(Tree().program);
}

Result<Flags> ParseCommandLine(std::span<const std::string> words) {
  std::vector<std::string> typed(words.begin(), words.end());
  if (typed == std::vector<std::string>{"help", "connection"}) {
    Flags flags;
    flags.help = ConnectionHelp(CommandTable().front());
    return flags;
  }
  // "rpcctl help call", as git and kubectl have it.
  if (!typed.empty() && typed[0] == "help") {
    typed.erase(typed.begin());
    typed.emplace_back("--help");
  }
  const Mentioned mentioned(typed);
  Result<Flags> flags = Parse(typed, mentioned);
  // What is wrong is told with all options at hand.
  return flags || mentioned.IsAll() ? std::move(flags) : Parse(std::move(typed), {});
}

}  // namespace rpcctl
