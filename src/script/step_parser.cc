#include "script/step_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "script/act_parser.h"
#include "script/expectation_parser.h"
#include "script/line_words.h"
#include "script/subject_parser.h"

namespace rpcctl {
namespace {

Result<void> TakeActLine(const VerbWord& verb, LineReader& reader, std::string_view line, Step* step) {
  if (step != nullptr && !step->live)
    return reader.Blame(verb.place, fmt::format("'{}' needs a stream that is open", VerbName(verb.verb)),
                        "a line 'open METHOD' opens one");
  LiveAct act = BeginAct(verb, line);
  if (step == nullptr) return TakeAct(reader, act);
  step->acts.push_back(std::move(act));
  return TakeAct(reader, step->acts.back());
}

bool IsAboutStatus(const Expectation& expectation) {
  return expectation.subject.kind == Subject::Kind::kStatus;
}

Result<void> TakeExpect(LineReader& reader, std::string_view line, Step* step) {
  Result<Expectation> expectation = ParseExpectation(reader);
  if (!expectation) return expectation.error();
  if (step == nullptr) return {};
  expectation->line = WrittenLine(line);
  if (IsAboutStatus(*expectation) && std::ranges::any_of(step->expectations, IsAboutStatus))
    return reader.Blame(expectation->place, "a call ends with one status, and one is expected already");
  step->expectations.push_back(std::move(*expectation));
  return {};
}

Result<Capture> ParseCapture(const VerbWord& verb, LineReader& reader) {
  const Result<Word> name = VariableNameWord(reader, "a NAME");
  if (!name) return name.error();
  if (reader.AtEnd()) return Missing(reader, "'=' was expected here", "let reply = .message");
  const Result<Word> equals = reader.Next();
  if (!equals) return equals.error();
  if (!equals->Is("="))
    return reader.Blame(equals->place, "'=' was expected here",
                        "with white space around it: let x = .message");
  Result<Subject> subject = ParseCaptureSubject(reader);
  if (!subject) return subject.error();
  return Capture{verb.place, name->Text(), std::move(*subject)};
}

Result<void> TakeLet(const VerbWord& verb, LineReader& reader, std::string_view line, Step* step) {
  Result<Capture> capture = ParseCapture(verb, reader);
  if (!capture) return capture.error();
  if (step == nullptr) return {};
  step->captures.push_back(std::move(*capture));
  if (!step->live) return {};
  step->acts.push_back({.kind = LiveAct::Kind::kCapture,
                        .place = verb.place,
                        .line = WrittenLine(line),
                        .words = {},
                        .limit = {},
                        .expectation = {},
                        .capture = step->captures.size() - 1});
  return {};
}

}  // namespace

Result<Step> ParseStepBegin(const VerbWord& verb, LineReader& reader, std::string_view line) {
  Result<std::vector<Word>> words = WordsToEnd(reader);
  if (!words) return words.error();
  if (words->empty()) return Missing(reader, "the METHOD was expected here");
  return Step{.live = verb.verb == Verb::kOpen,
              .place = verb.place,
              .line = WrittenLine(line),
              .words = std::move(*words)};
}

Result<void> TakeStepLine(const VerbWord& verb, LineReader& reader, std::string_view line, Step* step) {
  switch (verb.verb) {
    case Verb::kSend:
    case Verb::kReceive:
    case Verb::kSilence:
    case Verb::kClose:
    case Verb::kCancel:
      return TakeActLine(verb, reader, line, step);
    case Verb::kExpect:
      return TakeExpect(reader, line, step);
    case Verb::kLet:
      return TakeLet(verb, reader, line, step);
    default:
      return Misplaced(reader, verb);
  }
}

std::optional<Step> ParseStep(const ScriptSection& section, ScriptErrors& errors) {
  std::optional<Step> step;
  TakeLines(section, errors, [&](LineReader& reader, std::string_view line) -> Result<void> {
    const Result<VerbWord> verb = ReadVerb(reader);
    if (!verb) return verb.error();
    const bool begins = verb->verb == Verb::kCall || verb->verb == Verb::kOpen;
    if (!begins) return TakeStepLine(*verb, reader, line, step ? &*step : nullptr);
    Result<Step> begun = ParseStepBegin(*verb, reader, line);
    if (!begun) return begun.error();
    step = std::move(*begun);
    return {};
  });
  return step;
}

}  // namespace rpcctl
