#include "cmd/rpcctl/opaque_words.h"

#include <fmt/format.h>

#include <charconv>

namespace rpcctl {
namespace {

// An option as the user may have glued it to its value: "--name=value".
struct LongOption {
  std::string name;
  std::string value;
  bool has_value = false;
};

LongOption SplitLongOption(const std::string& word) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos) return {word, "", false};
  return {word.substr(0, equals), word.substr(equals + 1), true};
}

}  // namespace

std::string OpaqueWords::TokenFor(std::string word) {
  hidden_.push_back(std::move(word));
  return fmt::format("@{}", hidden_.size() - 1);
}

void OpaqueWords::HideOption(const std::string& word, const TakesValue& takes_value,
                             std::vector<std::string>& seen, bool& wants_value) {
  if (word.starts_with("--")) {
    LongOption option = SplitLongOption(word);
    const bool takes = takes_value(option.name);
    // A value glued to a flag that takes none stays in sight, so that the parser refuses it by name.
    seen.push_back(takes ? option.name : word);
    if (takes && option.has_value) seen.push_back(TokenFor(std::move(option.value)));
    wants_value = takes && !option.has_value;
    return;
  }
  for (size_t i = 1; i < word.size(); ++i) {
    seen.push_back(fmt::format("-{}", word[i]));
    if (!takes_value(seen.back())) continue;
    if (i + 1 < word.size()) seen.push_back(TokenFor(word.substr(i + 1)));
    wants_value = i + 1 == word.size();
    return;
  }
}

std::vector<std::string> OpaqueWords::Hide(std::span<const std::string> words,
                                           const TakesValue& takes_value) {
  std::vector<std::string> command, seen;
  bool wants_value = false;
  bool only_words = false;
  for (const std::string& word : words) {
    if (wants_value) {
      seen.push_back(TokenFor(word));
      wants_value = false;
    } else if (!only_words && word == "--") {
      only_words = true;
    } else if (!only_words && word.size() > 1 && word[0] == '-') {
      HideOption(word, takes_value, seen, wants_value);
    } else if (!only_words && command.empty()) {
      command.push_back(word);
    } else {
      seen.push_back(TokenFor(word));
    }
  }
  command.insert(command.end(), seen.begin(), seen.end());
  return command;
}

void OpaqueWords::Show(std::string& word) const {
  size_t index = 0;
  if (!word.starts_with('@')) return;
  const auto [end, code] = std::from_chars(word.data() + 1, word.data() + word.size(), index);
  const bool is_token = code == std::errc() && end == word.data() + word.size() && index < hidden_.size();
  if (is_token) word = hidden_[index];
}

}  // namespace rpcctl
