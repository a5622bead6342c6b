#include "script/judged_expectation.h"

#include <utility>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "script/expectation_check.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

bool IsEqualsPlain(const Expectation& expectation) {
  return expectation.predicate && expectation.predicate->relation == Relation::kEqual &&
         !expectation.predicate->negated && expectation.predicate->operands.front().IsPlain();
}

}  // namespace

Result<std::shared_ptr<const Matcher>> MatcherOf(const CheckedExpectation& expectation,
                                                 const KnownTypes& known, const Variables& variables) {
  if (expectation.matcher) return expectation.matcher;
  Result<Matcher> made = MakeMatcher(expectation, known, variables);
  if (!made) return made.error();
  return std::make_shared<const Matcher>(std::move(*made));
}

Failure FailureOf(const Expectation& expectation, std::string expected, std::string actual) {
  return {.place = expectation.place,
          .line = expectation.line,
          .expected = std::move(expected),
          .actual = std::move(actual)};
}

std::string ActualText(const ActualValue& actual) {
  if (!actual.fault.empty()) return "(" + actual.fault + ")";
  if (!actual.there) return "(absent)";
  const std::string text = Shortened(actual.json.empty() ? actual.text : actual.json);
  if (!actual.present) return text.empty() ? "(not set)" : text + " (not set)";
  return text;
}

std::string ReplacementFor(const Expectation& expectation, const std::string& actual) {
  if (!IsEqualsPlain(expectation) || actual.size() > kMostBytesTold || SafeText(actual) != actual) return "";
  return ShellWord(actual);
}

}  // namespace rpcctl
