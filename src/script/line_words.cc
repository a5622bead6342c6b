#include "script/line_words.h"

#include <fmt/format.h>

#include <utility>

#include "base/safe_text.h"
#include "script/insertion.h"

namespace rpcctl {

std::string ShownText(std::string_view text) {
  constexpr size_t kMostBytes = 100;
  return SafeExcerpt(text, kMostBytes);
}

std::string ShownWord(const Word& word) {
  return word.IsPlain() ? ShownText(word.Text()) : "{{...}}";
}

std::string WrittenLine(std::string_view line) {
  return std::string(LineReader(line, 1).Rest());
}

Error Missing(LineReader& reader, std::string message, std::string_view hint) {
  return reader.Blame(reader.place(), std::move(message), hint);
}

bool IsPathWord(const Word& word) {
  return word.IsPlain() && word.Text().starts_with('.');
}

Result<Word> PlainWord(LineReader& reader, std::string_view what) {
  if (reader.AtEnd()) return Missing(reader, fmt::format("{} was expected here", what));
  Result<Word> word = reader.Next();
  if (word && !word->IsPlain())
    return reader.Blame(word->place, fmt::format("{{{{...}}}} cannot be {}", what));
  return word;
}

Result<Word> VariableNameWord(LineReader& reader, std::string_view what) {
  if (reader.AtEnd()) return Missing(reader, fmt::format("{} was expected here", what));
  Result<Word> word = reader.Next();
  if (!word) return word.error();
  if (word->IsPlain() && IsVariableName(word->Text())) return word;
  return reader.Blame(word->place, fmt::format("'{}' cannot be the name of a variable", ShownWord(*word)),
                      "a name is letters, digits, '_' and '-', and begins with a letter");
}

Result<Duration> LimitWord(LineReader& reader) {
  const Result<Word> word = PlainWord(reader, "a length of time");
  if (!word) return word.error();
  const Result<Duration> limit = ParseTimeLimit(word->Text());
  if (!limit) return reader.Blame(word->place, limit.error().message, limit.error().hint);
  return limit;
}

Result<std::vector<Word>> WordsToEnd(LineReader& reader) {
  std::vector<Word> words;
  while (!reader.AtEnd()) {
    Result<Word> word = reader.Next();
    if (!word) return word.error();
    words.push_back(std::move(*word));
  }
  return words;
}

Result<void> ExpectEnd(LineReader& reader, std::string_view hint) {
  if (reader.AtEnd()) return {};
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  return reader.Blame(word->place, fmt::format("'{}' is one word too many", ShownWord(*word)),
                      hint.empty() ? "a value that holds white space stands in quotes" : hint);
}

}  // namespace rpcctl
