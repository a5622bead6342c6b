#include "script/subject_parser.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "call/call_outcome.h"
#include "script/line_words.h"

namespace rpcctl {
namespace {

using Kind = Subject::Kind;
using Choice = Subject::Choice;

constexpr std::pair<std::string_view, Choice> kChoices[] = {
    {"each", Choice::kEach}, {"any", Choice::kAny}, {"first", Choice::kFirst}, {"last", Choice::kLast}};

std::vector<std::string> StatusNames() {
  std::vector<std::string> names;
  for (int code = 0; code <= kHighestStatusCode; ++code) names.emplace_back(StatusName(code));
  return names;
}

// "msg[12].name": the number, and the path behind the bracket, "." for none.
Result<Subject> ParseIndexed(LineReader& reader, const std::string& text, TextPosition place) {
  Subject subject{.kind = Kind::kMessage, .place = place, .choice = Choice::kIndex};
  const char* begin = text.data() + std::string_view("msg[").size();
  const char* end = text.data() + text.size();
  const auto [behind, error] = std::from_chars(begin, end, subject.index);
  if (error != std::errc() || behind == end || *behind != ']')
    return reader.Blame(place, fmt::format("'{}' is no message of a stream", ShownText(text)),
                        "the first is msg[0]");
  subject.path = std::string(behind + 1, end);
  subject.path_place = {place.line, place.column + static_cast<size_t>(behind + 1 - text.data())};
  if (subject.path.empty()) subject.path.push_back('.');
  if (subject.path.starts_with('.')) return subject;
  return reader.Blame(subject.path_place,
                      fmt::format("'.' was expected behind the ']' of '{}'", ShownText(text)));
}

Result<Subject> ParsePathBehind(LineReader& reader, Subject subject) {
  Result<Word> path = PlainWord(reader, "a .path");
  if (!path) return path.error();
  if (!IsPathWord(*path))
    return reader.Blame(path->place, fmt::format("'{}' is no path", ShownWord(*path)),
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
  return reader.Blame(word.place,
                      fmt::format("'{}' is nothing that can be expected of a call", ShownWord(word)),
                      near.empty() ? kSubjectHint : std::string_view(near));
}

}  // namespace

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
    return reader.Blame(word->place, fmt::format("'{}' cannot be captured", ShownWord(*word)), kHint);
  if (Result<void> end = ExpectEnd(reader); !end) return end.error();
  return subject;
}

}  // namespace rpcctl
