#include "completion/cursor.h"

#include <algorithm>
#include <array>

namespace rpcctl {
namespace {

constexpr std::array<std::string_view, 2> kPrograms = {"rpcctl", "rpcctl-core"};

bool IsProgram(const ShellWordText& word) {
  const std::string_view text = word.text;
  const std::string_view name = text.substr(text.rfind('/') + 1);  // npos + 1 is 0
  return std::ranges::find(kPrograms, name) != kPrograms.end();
}

std::string Expanded(const ShellWordText& word, std::string_view home) {
  const bool is_home = word.tilde && !home.empty() && (word.text == "~" || word.text.starts_with("~/"));
  return is_home ? std::string(home) + word.text.substr(1) : word.text;
}

// Reads words one after the other, as the options that `find` knows.
template <typename FindOption>
class WordReader final {
 public:
  WordReader(FindOption find, Cursor& to) : find_(find), to_(to) {}

  // What stands in `word` that is no option and no value of one; null for what is.
  const std::string* Take(const std::string& word) {
    if (wanting_ != nullptr) {
      Give(wanting_, word);
      wanting_ = nullptr;
      return nullptr;
    }
    if (to_.only_words || word.size() < 2 || word[0] != '-') return &word;
    if (word == "--") {
      to_.only_words = true;
    } else if (word[1] == '-') {
      TakeLong(word);
    } else {
      TakeShort(word);
    }
    return nullptr;
  }

  // Where the word being typed stands, unless it is a word of the command or the command itself.
  bool Place(const std::string& typed) {
    if (wanting_ != nullptr) {
      SetValue(wanting_, 0);
      return true;
    }
    if (to_.only_words || !typed.starts_with('-')) return false;
    to_.stands = Stands::kAtOption;
    const size_t equals = typed.find('=');
    if (typed.starts_with("--")) {
      if (equals == std::string::npos) return true;
      to_.stands = Stands::kNowhere;
      SetValue(find_(typed.substr(0, equals)), equals + 1);
      return true;
    }
    for (size_t i = 1; i < typed.size(); ++i) {
      const KnownOption* option = find_({'-', typed[i]});
      if (option == nullptr || !option->takes_value || i + 1 == typed.size()) continue;
      SetValue(option, i + 1);
      break;
    }
    return true;
  }

 private:
  void SetValue(const KnownOption* option, size_t at) {
    if (option == nullptr || !option->takes_value) return;
    to_.stands = Stands::kAtValue;
    to_.option = option;
    to_.value_at = at;
  }

  void Give(const KnownOption* option, std::string value) {
    to_.given.options.push_back({option, std::move(value)});
  }

  void TakeLong(const std::string& word) {
    const size_t equals = word.find('=');
    const KnownOption* option = find_(word.substr(0, equals));
    if (option == nullptr) return;
    if (!option->takes_value) return Give(option, "");
    if (equals != std::string::npos) return Give(option, word.substr(equals + 1));
    wanting_ = option;
  }

  void TakeShort(const std::string& word) {
    for (size_t i = 1; i < word.size(); ++i) {
      const KnownOption* option = find_({'-', word[i]});
      if (option == nullptr) continue;
      if (!option->takes_value) {
        Give(option, "");
        continue;
      }
      if (i + 1 < word.size()) return Give(option, word.substr(i + 1));
      wanting_ = option;
    }
  }

  const FindOption find_;
  Cursor& to_;
  const KnownOption* wanting_ = nullptr;
};

const KnownOption* FindOption(std::span<const KnownOption> options, std::string_view name) {
  const auto found =
      std::ranges::find_if(options, [&](const KnownOption& option) { return option.IsCalled(name); });
  return found == options.end() ? nullptr : &*found;
}

// Any command's option, where the line has not said which command it is.
const KnownOption* FindAnywhere(const OptionTable& table, std::string_view name) {
  if (const KnownOption* option = FindOption(table.program_options, name)) return option;
  for (const CommandName& command : table.commands) {
    if (const KnownOption* option = FindOption(table.command(command.name).options, name)) return option;
  }
  return nullptr;
}

// The place of the command's name among `words`; their number where it is not there.
size_t FindCommandWord(std::span<const std::string> words, const OptionTable& table) {
  Cursor scratch;
  const auto find = [&](const std::string& name) { return FindAnywhere(table, name); };
  WordReader reader(find, scratch);
  for (size_t i = 0; i < words.size(); ++i) {
    if (reader.Take(words[i]) != nullptr) return i;
  }
  return words.size();
}

// The words of rpcctl itself; those before it, as of "env A=b rpcctl", may set variables.
std::vector<std::string> OwnWords(const ShellLine& line, std::string_view home, Cursor& cursor) {
  cursor.given.assignments = line.assignments;
  auto program = std::ranges::find_if(line.words, IsProgram);
  if (program == line.words.end()) program = line.words.begin();
  for (auto word = line.words.begin(); word != program; ++word) {
    const size_t equals = word->text.find('=');
    if (equals == std::string::npos || word->text.starts_with('-')) continue;
    cursor.given.assignments.emplace_back(word->text.substr(0, equals), word->text.substr(equals + 1));
  }
  std::vector<std::string> words;
  for (auto word = program + 1; word != line.words.end(); ++word) words.push_back(Expanded(*word, home));
  return words;
}

void PlaceBeforeCommand(std::span<const std::string> words, const OptionTable& table, Cursor& cursor) {
  const auto find = [&](const std::string& name) { return FindAnywhere(table, name); };
  WordReader reader(find, cursor);
  for (const std::string& word : words) reader.Take(word);
  if (!reader.Place(cursor.typed) && !cursor.only_words) cursor.stands = Stands::kAtCommand;
}

}  // namespace

bool KnownOption::IsCalled(std::string_view name) const {
  return std::ranges::find(names, name) != names.end();
}

Cursor FindCursor(const ShellLine& line, const OptionTable& table, std::string_view home) {
  Cursor cursor;
  cursor.typed = line.current.text;
  if (line.in_comment || line.words.empty()) return cursor;
  if (line.names_file) {
    cursor.stands = Stands::kAtFile;
    return cursor;
  }
  const std::vector<std::string> words = OwnWords(line, home, cursor);
  const size_t at = FindCommandWord(words, table);
  if (at == words.size()) {
    PlaceBeforeCommand(words, table, cursor);
    return cursor;
  }
  const auto name = std::ranges::find(table.commands, words[at], &CommandName::name);
  if (name == table.commands.end()) return cursor;
  cursor.given.command = name->name;
  cursor.command = &table.command(name->name);
  const auto find = [&](const std::string& option) { return FindOption(cursor.command->options, option); };
  WordReader reader(find, cursor);
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string* word = i == at ? nullptr : reader.Take(words[i]);
    if (word != nullptr) cursor.words.push_back(*word);
  }
  if (!reader.Place(cursor.typed)) cursor.stands = Stands::kAtWord;
  return cursor;
}

}  // namespace rpcctl
