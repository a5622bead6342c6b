#include "script/predicate_parser.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "script/line_words.h"

namespace rpcctl {
namespace {

struct RelationName {
  std::string_view name;
  Relation relation;
};

constexpr RelationName kRelations[] = {
    {"==", Relation::kEqual},
    {"!=", Relation::kUnequal},
    {"<", Relation::kLess},
    {"<=", Relation::kLessEqual},
    {">", Relation::kGreater},
    {">=", Relation::kGreaterEqual},
    {"matches", Relation::kMatches},
    {"contains", Relation::kContains},
    {"startswith", Relation::kStartsWith},
    {"endswith", Relation::kEndsWith},
    {"exists", Relation::kExists},
    {"absent", Relation::kAbsent},
    {"isempty", Relation::kIsEmpty},
    {"in", Relation::kIn},
};

// What it is for one who knows other languages; no text is like it.
constexpr std::string_view kOtherNamesOfEqual[] = {"=", "is", "equals"};

// "did you mean '=='?", or what there is.
std::string HintFor(const Word& word) {
  for (const std::string_view other : kOtherNamesOfEqual) {
    if (word.Is(other)) return "did you mean '=='?";
  }
  std::vector<std::string> names;
  for (const RelationName& relation : kRelations) names.emplace_back(relation.name);
  const std::string near = word.IsPlain() ? DidYouMean(word.Text(), names) : "";
  return near.empty() ? "there are " + JoinForSentence(names, "and") : near;
}

Result<Relation> RelationOf(LineReader& reader, const Word& word) {
  for (const RelationName& relation : kRelations) {
    if (word.Is(relation.name)) return relation.relation;
  }
  return reader.Blame(word.place, fmt::format("'{}' is no predicate", ShownWord(word)), HintFor(word));
}

bool TakesNothing(Relation relation) {
  return relation == Relation::kExists || relation == Relation::kAbsent || relation == Relation::kIsEmpty;
}

// "[READY, DONE]".
Result<void> ParseList(LineReader& reader, std::vector<Word>& elements) {
  constexpr std::string_view kHint = "write in [READY, DONE], with quotes where a value holds white space";
  const auto next = [&](std::string_view expected) -> Result<Word> {
    if (reader.AtEnd()) return Missing(reader, fmt::format("{} was expected here", expected), kHint);
    return reader.Next("[],");
  };
  const auto wrong = [&](const Word& word, std::string_view expected) {
    return reader.Blame(word.place, fmt::format("{} was expected here, not '{}'", expected, ShownWord(word)),
                        kHint);
  };
  Result<Word> word = next("'['");
  if (!word) return word.error();
  if (!word->Is("[")) return wrong(*word, "'['");
  for (;;) {
    if (word = next("a value"); !word) return word.error();
    if (word->Is("]") && elements.empty()) break;
    if (word->Is("[") || word->Is("]") || word->Is(",")) return wrong(*word, "a value");
    elements.push_back(std::move(*word));
    if (word = next("']'"); !word) return word.error();
    if (word->Is("]")) break;
    if (!word->Is(",")) return wrong(*word, "',' or ']'");
  }
  return {};
}

}  // namespace

Result<Predicate> ParsePredicate(LineReader& reader) {
  Predicate predicate{.place = reader.place()};
  if (reader.AtEnd()) return Missing(reader, "a predicate was expected here", "such as == you, or exists");
  Result<Word> word = reader.Next();
  if (word && word->Is("not")) {
    predicate.negated = true;
    if (reader.AtEnd()) return Missing(reader, "a predicate was expected behind 'not'");
    word = reader.Next();
  }
  if (!word) return word.error();
  const Result<Relation> relation = RelationOf(reader, *word);
  if (!relation) return relation.error();
  predicate.relation = *relation;
  if (*relation == Relation::kIn) {
    if (Result<void> list = ParseList(reader, predicate.operands); !list) return list.error();
  } else if (!TakesNothing(*relation)) {
    if (reader.AtEnd())
      return Missing(reader, fmt::format("a value was expected behind '{}'", ShownWord(*word)));
    Result<Word> operand = reader.Next();
    if (!operand) return operand.error();
    predicate.operands.push_back(std::move(*operand));
  }
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return predicate;
}

}  // namespace rpcctl
