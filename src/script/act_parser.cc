#include "script/act_parser.h"

#include <string>
#include <utility>

#include "script/line_words.h"
#include "script/predicate_parser.h"

namespace rpcctl {
namespace {

// "within DUR", where it is what comes next.
Result<std::optional<Duration>> TakeWithin(LineReader& reader) {
  LineReader ahead = reader;
  const Result<Word> word = ahead.Next();
  if (!word || !word->Is("within")) return std::optional<Duration>();
  reader = ahead;
  const Result<Duration> limit = LimitWord(reader);
  if (!limit) return limit.error();
  return std::optional(*limit);
}

// "[within DUR] [PATH PREDICATE]".
Result<void> TakeReceived(LineReader& reader, LiveAct& act) {
  if (reader.AtEnd()) return {};
  const Result<std::optional<Duration>> limit = TakeWithin(reader);
  if (!limit) return limit.error();
  act.limit = *limit;
  if (reader.AtEnd()) return {};
  const TextPosition place = reader.place();
  Result<Word> path = reader.Next();
  if (!path) return path.error();
  if (!IsPathWord(*path))
    return reader.Blame(place, "a .path was expected here", "write recv within 1s .message == one");
  Result<Predicate> predicate = ParsePredicate(reader);
  if (!predicate) return predicate.error();
  Subject subject{.kind = Subject::Kind::kMessage, .place = place, .path = path->Text(), .path_place = place};
  act.expectation = Expectation{.place = act.place, .line = act.line, .subject = std::move(subject)};
  act.expectation->predicate = std::move(*predicate);
  return {};
}

// "for DUR".
Result<void> TakeSilence(LineReader& reader, LiveAct& act) {
  if (reader.AtEnd()) return Missing(reader, "'for' was expected here", "norecv for 100ms");
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  if (!word->Is("for")) return reader.Blame(word->place, "'for' was expected here", "norecv for 100ms");
  const Result<Duration> limit = LimitWord(reader);
  if (!limit) return limit.error();
  act.limit = *limit;
  return ExpectEnd(reader);
}

Result<void> TakeItems(LineReader& reader, LiveAct& act) {
  Result<std::vector<Word>> words = WordsToEnd(reader);
  if (!words) return words.error();
  act.words = std::move(*words);
  return {};
}

LiveAct::Kind KindOf(Verb verb) {
  switch (verb) {
    case Verb::kReceive:
      return LiveAct::Kind::kReceive;
    case Verb::kSilence:
      return LiveAct::Kind::kSilence;
    case Verb::kClose:
      return LiveAct::Kind::kClose;
    case Verb::kCancel:
      return LiveAct::Kind::kCancel;
    default:
      return LiveAct::Kind::kSend;
  }
}

}  // namespace

LiveAct BeginAct(const VerbWord& verb, std::string_view line) {
  return {.kind = KindOf(verb.verb), .place = verb.place, .line = WrittenLine(line)};
}

Result<void> TakeAct(LineReader& reader, LiveAct& act) {
  switch (act.kind) {
    case LiveAct::Kind::kSend:
      return TakeItems(reader, act);
    case LiveAct::Kind::kReceive:
      return TakeReceived(reader, act);
    case LiveAct::Kind::kSilence:
      return TakeSilence(reader, act);
    default:
      return ExpectEnd(reader);
  }
}

}  // namespace rpcctl
