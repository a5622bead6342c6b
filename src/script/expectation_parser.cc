#include "script/expectation_parser.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "call/call_outcome.h"
#include "script/line_words.h"
#include "script/predicate_parser.h"
#include "script/subject_parser.h"

namespace rpcctl {
namespace {

using Kind = Subject::Kind;

std::optional<int> StatusCodeNamed(std::string_view name) {
  for (int code = 0; code <= kHighestStatusCode; ++code) {
    if (StatusName(code) == name) return code;
  }
  return std::nullopt;
}

Result<Expectation> ParseStatus(LineReader& reader, const Word& word, std::optional<int> code) {
  Expectation expectation{.place = word.place, .subject = {.place = word.place}, .code = code};
  if (reader.AtEnd()) return expectation;
  Result<Word> next = reader.Next();
  if (!next) return next.error();
  if (!next->Is("within"))
    return reader.Blame(next->place, fmt::format("'{}' stands behind the status", ShownWord(*next)),
                        "write expect OK within 200ms");
  Result<Duration> within = LimitWord(reader);
  if (!within) return within.error();
  expectation.within = *within;
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return expectation;
}

// "first within 300ms" and "latency within 1s" are other words for <=.
Result<Expectation> ParseTime(LineReader& reader, const Word& word, Kind kind) {
  Expectation expectation{.place = word.place, .subject = {.kind = kind, .place = word.place}};
  Result<Word> operand = reader.Next();
  if (!operand) return operand.error();
  if (reader.AtEnd()) return Missing(reader, "a length of time was expected here", "such as 300ms");
  const TextPosition place = reader.place();
  operand = reader.Next();
  if (!operand) return operand.error();
  expectation.predicate = Predicate{.relation = Relation::kLessEqual, .place = place, .operands = {*operand}};
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return expectation;
}

// Whether the next word is `text`; takes nothing.
bool ComesNext(LineReader reader, std::string_view text) {
  if (reader.AtEnd()) return false;
  const Result<Word> word = reader.Next();
  return word && word->Is(text);
}

// The path behind "detail TYPE", where there is one.
void TakeDetailPath(LineReader& reader, Subject& detail) {
  if (reader.AtEnd()) return;
  LineReader ahead = reader;
  const Result<Word> path = ahead.Next();
  if (!path || !IsPathWord(*path)) return;
  detail.path = path->Text();
  detail.path_place = path->place;
  reader = ahead;
}

// Whether behind "first" stands what is said of a time.
bool IsFirstTime(LineReader reader) {
  if (reader.AtEnd()) return false;
  const Result<Word> word = reader.Next();
  return word && !IsPathWord(*word);
}

}  // namespace

Result<Expectation> ParseExpectation(LineReader& reader) {
  if (reader.AtEnd()) return Missing(reader, "what is expected is missing", kSubjectHint);
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  if (word->Is("*")) return ParseStatus(reader, *word, std::nullopt);
  if (const std::optional<int> code = StatusCodeNamed(word->IsPlain() ? word->Text() : ""))
    return ParseStatus(reader, *word, code);
  if (word->Is("first") && ComesNext(reader, "within")) return ParseTime(reader, *word, Kind::kFirstTime);
  if (word->Is("latency") && ComesNext(reader, "within")) return ParseTime(reader, *word, Kind::kLatency);
  const bool is_first_time = word->Is("first") && IsFirstTime(reader);
  Result<Subject> subject =
      is_first_time ? Subject{.kind = Kind::kFirstTime, .place = word->place} : ParseSubject(reader, *word);
  if (!subject) return subject.error();
  if (subject->kind == Kind::kDetail) TakeDetailPath(reader, *subject);
  Result<Predicate> predicate = ParsePredicate(reader);
  if (!predicate) return predicate.error();
  Expectation expectation{.place = word->place, .subject = std::move(*subject)};
  expectation.predicate = std::move(*predicate);
  return expectation;
}

}  // namespace rpcctl
