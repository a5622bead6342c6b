#include "script/line_verb.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "script/line_words.h"

namespace rpcctl {
namespace {

// What is wrong with a line that is misplaced, behind its verb, and a hint.
struct Placing {
  std::string_view message;
  std::string_view hint;
};

constexpr Placing kOfFile = {"stands behind a case",
                             "what holds for the whole file stands before its first case"};
constexpr Placing kOfCase = {"stands before the first step of a case", "it holds for the whole case"};
constexpr Placing kBeginsStep = {"stands before the first case", "a line 'case NAME' begins one"};
constexpr Placing kOfStep = {"stands before the call it is about",
                             "a line 'call METHOD' or 'open METHOD' comes first"};

struct Row {
  std::string_view name;
  Verb verb;
  Placing misplaced;
};

// In the order of the verbs.
constexpr Row kRows[] = {
    {"set", Verb::kSet, kOfFile},     {"wait", Verb::kWait, kOfFile},     {"case", Verb::kCase, {}},
    {"retry", Verb::kRetry, kOfCase}, {"call", Verb::kCall, kBeginsStep}, {"open", Verb::kOpen, kBeginsStep},
    {"send", Verb::kSend, kOfStep},   {"recv", Verb::kReceive, kOfStep},  {"norecv", Verb::kSilence, kOfStep},
    {"close", Verb::kClose, kOfStep}, {"cancel", Verb::kCancel, kOfStep}, {"expect", Verb::kExpect, kOfStep},
    {"let", Verb::kLet, kOfStep},
};

const Row& RowOf(Verb verb) {
  return kRows[static_cast<size_t>(verb)];
}

Error UnknownVerb(LineReader& reader, const Word& word) {
  const std::string text = word.IsPlain() ? word.Text() : "";
  // As it is copied from a terminal, with its prompt.
  if (text == "rpcctl" || text == "$") {
    return reader.Blame(word.place, fmt::format("a step begins with what it does, not with '{}'", text),
                        "write call ...");
  }
  // A word in quotes stands for itself, and so never is a verb.
  if (std::ranges::any_of(kRows, [&](const Row& row) { return row.name == text; })) {
    return reader.Blame(word.place, fmt::format("'{}' in quotes begins no line of a script", text),
                        "what a line does stands without quotes");
  }
  std::vector<std::string> names;
  for (const Row& row : kRows) names.emplace_back(row.name);
  const std::string near = DidYouMean(text, names);
  return reader.Blame(word.place, fmt::format("'{}' begins no line of a script", ShownText(text)),
                      near.empty() ? "a line begins with " + JoinForSentence(names) : near);
}

}  // namespace

Result<VerbWord> ReadVerb(LineReader& reader) {
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  for (const Row& row : kRows) {
    if (word->Is(row.name)) return VerbWord{row.verb, word->place};
  }
  return UnknownVerb(reader, *word);
}

std::string_view VerbName(Verb verb) {
  return RowOf(verb).name;
}

Error Misplaced(LineReader& reader, const VerbWord& verb) {
  const Row& row = RowOf(verb.verb);
  return reader.Blame(verb.place, fmt::format("'{}' {}", row.name, row.misplaced.message),
                      row.misplaced.hint);
}

}  // namespace rpcctl
