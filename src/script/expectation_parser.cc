#include "script/expectation_parser.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "base/safe_text.h"
#include "base/text.h"
#include "call/call_outcome.h"

namespace rpcctl {
namespace {

constexpr size_t kMostShownBytes = 100;  // of a word that a mistake is about

using Kind = Subject::Kind;
using Choice = Subject::Choice;

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

constexpr std::pair<std::string_view, Choice> kChoices[] = {
    {"each", Choice::kEach}, {"any", Choice::kAny}, {"first", Choice::kFirst}, {"last", Choice::kLast}};

constexpr std::string_view kSubjectHint =
    "a status such as OK, or .path, msg[0].path, each|any|first|last .path, count, first, latency,\n"
    "status.message, header NAME, trailer NAME, detail TYPE .path";

// What is wrong where the reader stands.
Error Missing(LineReader& reader, std::string message, std::string_view hint = {}) {
  return reader.Blame(reader.place(), std::move(message), hint);
}

std::string Shown(const Word& word) {
  return word.IsPlain() ? SafeExcerpt(word.Text(), kMostShownBytes) : "{{...}}";
}

// ---- words ----

// A word whose text is known now. `what` is what it should be.
Result<Word> PlainWord(LineReader& reader, std::string_view what) {
  if (reader.AtEnd()) return Missing(reader, fmt::format("{} was expected here", what));
  Result<Word> word = reader.Next();
  if (word && !word->IsPlain())
    return reader.Blame(word->place, fmt::format("{{{{...}}}} cannot be {}", what));
  return word;
}

std::optional<int> StatusCodeNamed(std::string_view name) {
  for (int code = 0; code <= kHighestStatusCode; ++code) {
    if (StatusName(code) == name) return code;
  }
  return std::nullopt;
}

std::vector<std::string> StatusNames() {
  std::vector<std::string> names;
  for (int code = 0; code <= kHighestStatusCode; ++code) names.emplace_back(StatusName(code));
  return names;
}

// ---- subjects ----

// "msg[12].name": the number, and the path behind the bracket, "." for none.
Result<Subject> ParseIndexed(LineReader& reader, const std::string& text, TextPosition place) {
  Subject subject{.kind = Kind::kMessage, .place = place, .choice = Choice::kIndex};
  const char* begin = text.data() + std::string_view("msg[").size();
  const char* end = text.data() + text.size();
  const auto [behind, error] = std::from_chars(begin, end, subject.index);
  if (error != std::errc() || behind == end || *behind != ']')
    return reader.Blame(place,
                        fmt::format("'{}' is no message of a stream", SafeExcerpt(text, kMostShownBytes)),
                        "the first is msg[0]");
  subject.path = std::string(behind + 1, end);
  subject.path_place = {place.line, place.column + static_cast<size_t>(behind + 1 - text.data())};
  if (subject.path.empty()) subject.path = ".";
  if (subject.path.starts_with('.')) return subject;
  return reader.Blame(subject.path_place, fmt::format("'.' was expected behind the ']' of '{}'",
                                                      SafeExcerpt(text, kMostShownBytes)));
}

Result<Subject> ParsePathBehind(LineReader& reader, Subject subject) {
  Result<Word> path = PlainWord(reader, "a .path");
  if (!path) return path.error();
  if (!IsPathWord(*path))
    return reader.Blame(path->place, fmt::format("'{}' is no path", Shown(*path)),
                        "a path begins with a dot: .name");
  subject.kind = Kind::kMessage;
  subject.path = path->Text();
  subject.path_place = path->place;
  return subject;
}

Result<Subject> ParseNamed(LineReader& reader, Kind kind, TextPosition place) {
  Result<Word> name = PlainWord(reader, kind == Kind::kDetail ? "the TYPE of a detail" : "a NAME");
  if (!name) return name.error();
  Subject subject{.kind = kind, .place = place, .name = name->Text()};
  if (kind != Kind::kDetail) subject.name = ToLowerAscii(subject.name);
  return subject;
}

std::optional<Kind> KindOfWord(const Word& word) {
  constexpr std::pair<std::string_view, Kind> kKinds[] = {
      {"count", Kind::kCount},   {"latency", Kind::kLatency}, {"status.message", Kind::kStatusMessage},
      {"header", Kind::kHeader}, {"trailer", Kind::kTrailer}, {"detail", Kind::kDetail}};
  for (const auto& [name, kind] : kKinds) {
    if (word.Is(name)) return kind;
  }
  return std::nullopt;
}

Error UnknownSubject(LineReader& reader, const Word& word) {
  std::vector<std::string> names = StatusNames();
  for (const std::string_view name : {"count", "first", "latency", "status.message", "header", "trailer",
                                      "detail", "each", "any", "last"}) {
    names.emplace_back(name);
  }
  const std::string text = word.IsPlain() ? word.Text() : "";
  const std::string near = DidYouMean(text, names);
  return reader.Blame(word.place, fmt::format("'{}' is nothing that can be expected of a call", Shown(word)),
                      near.empty() ? kSubjectHint : std::string_view(near));
}

// The subject that begins with `word`; all but a status and the time to the first message.
Result<Subject> ParseSubject(LineReader& reader, const Word& word) {
  for (const auto& [name, choice] : kChoices) {
    if (word.Is(name)) return ParsePathBehind(reader, {.place = word.place, .choice = choice});
  }
  if (const std::optional<Kind> kind = KindOfWord(word)) {
    const bool is_named = *kind == Kind::kHeader || *kind == Kind::kTrailer || *kind == Kind::kDetail;
    if (is_named) return ParseNamed(reader, *kind, word.place);
    return Subject{.kind = *kind, .place = word.place};
  }
  if (!word.IsPlain()) return UnknownSubject(reader, word);
  if (IsPathWord(word)) {
    return Subject{
        .kind = Kind::kMessage, .place = word.place, .path = word.Text(), .path_place = word.place};
  }
  if (word.Text().starts_with("msg[")) return ParseIndexed(reader, word.Text(), word.place);
  return UnknownSubject(reader, word);
}

// ---- predicates ----

Result<Relation> RelationOf(LineReader& reader, const Word& word) {
  std::vector<std::string> names;
  for (const RelationName& relation : kRelations) {
    if (word.Is(relation.name)) return relation.relation;
    names.emplace_back(relation.name);
  }
  const std::string near = word.IsPlain() ? DidYouMean(word.Text(), names) : "";
  return reader.Blame(word.place, fmt::format("'{}' is no predicate", Shown(word)),
                      near.empty() ? "there are " + JoinForSentence(names, "and") : near);
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
    return reader.Blame(word.place, fmt::format("{} was expected here, not '{}'", expected, Shown(word)),
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

// ---- expectations ----

Result<Expectation> ParseStatus(LineReader& reader, const Word& word, std::optional<int> code) {
  Expectation expectation{.place = word.place, .subject = {.place = word.place}, .code = code};
  if (reader.AtEnd()) return expectation;
  Result<Word> next = reader.Next();
  if (!next) return next.error();
  if (!next->Is("within"))
    return reader.Blame(next->place, fmt::format("'{}' stands behind the status", Shown(*next)),
                        "write expect OK within 200ms");
  Result<Duration> within = ParseLimitWord(reader);
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

bool IsPathWord(const Word& word) {
  return word.IsPlain() && word.Text().starts_with('.');
}

Result<void> ExpectEnd(LineReader& reader, std::string_view hint) {
  if (reader.AtEnd()) return {};
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  return reader.Blame(word->place, fmt::format("'{}' is one word too many", Shown(*word)),
                      hint.empty() ? "a value that holds white space stands in quotes" : hint);
}

Result<Duration> ParseLimitWord(LineReader& reader) {
  const Result<Word> word = PlainWord(reader, "a length of time");
  if (!word) return word.error();
  const Result<Duration> limit = ParseTimeLimit(word->Text());
  if (!limit) return reader.Blame(word->place, limit.error().message, limit.error().hint);
  return limit;
}

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
    if (reader.AtEnd()) return Missing(reader, fmt::format("a value was expected behind '{}'", Shown(*word)));
    Result<Word> operand = reader.Next();
    if (!operand) return operand.error();
    predicate.operands.push_back(std::move(*operand));
  }
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return predicate;
}

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

Result<Subject> ParseCaptureSubject(LineReader& reader) {
  constexpr std::string_view kHint =
      "let NAME = .path, msg[0].path, first .path, last .path, count, header NAME or trailer NAME";
  if (reader.AtEnd()) return Missing(reader, "what is captured is missing", kHint);
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  Result<Subject> subject = ParseSubject(reader, *word);
  if (!subject) return subject.error();
  const bool can_be = subject->kind == Kind::kCount || subject->kind == Kind::kHeader ||
                      subject->kind == Kind::kTrailer || subject->kind == Kind::kMessage;
  const bool is_one = subject->choice != Choice::kEach && subject->choice != Choice::kAny;
  if (!can_be || !is_one)
    return reader.Blame(word->place, fmt::format("'{}' cannot be captured", Shown(*word)), kHint);
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return subject;
}

}  // namespace rpcctl
