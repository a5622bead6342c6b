#include "script/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <utility>

#include "base/safe_text.h"
#include "base/text.h"
#include "script/expectation_parser.h"
#include "script/line_words.h"
#include "script/predicate_parser.h"
#include "script/subject_parser.h"

namespace rpcctl {
namespace {

constexpr Duration kDefaultReadyLimit = std::chrono::seconds(30);
constexpr Duration kDefaultRetryPause = std::chrono::seconds(1);

class ScriptParser final {
 public:
  explicit ScriptParser(const EnvironmentReader& environment) : environment_(environment) {}

  void TakeLine(std::string_view line, size_t number);
  ParsedScript Finish();

 private:
  using Take = Result<void> (ScriptParser::*)(LineReader& reader, const Word& verb, std::string_view line);
  struct Verb {
    std::string_view name;
    Take take;
  };
  static const Verb kVerbs[];

  Result<void> TakeVerb(LineReader& reader, std::string_view line);
  // One for each verb; `line` is all of the step as it is written.
  Result<void> TakeSet(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeWait(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeCase(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeRetry(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeCall(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeOpen(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeSend(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeReceive(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeSilence(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeClose(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeCancel(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeExpect(LineReader& reader, const Word& verb, std::string_view line);
  Result<void> TakeLet(LineReader& reader, const Word& verb, std::string_view line);

  Result<void> TakeHeader(LineReader& reader);
  Result<void> TakeVariable(LineReader& reader, const Word& name);
  Result<Step*> BeginStep(LineReader& reader, const Word& verb, std::string_view line);
  Result<Step*> StepOf(LineReader& reader, const Word& verb);
  Result<LiveAct*> BeginAct(LineReader& reader, const Word& verb, std::string_view line, LiveAct::Kind kind);
  Result<void> CheckBeforeCases(LineReader& reader, const Word& verb) const;

  const EnvironmentReader& environment_;
  ParsedScript parsed_;
  bool after_broken_case_ = false;  // the steps behind it are looked at, and belong to nothing
  bool after_broken_step_ = false;  // likewise
  std::set<size_t> doubtful_;       // the cases with a line that could not be read, by number
  LiveAct unowned_;                 // of a step that could not be read
};

const ScriptParser::Verb ScriptParser::kVerbs[] = {
    {"set", &ScriptParser::TakeSet},        {"wait", &ScriptParser::TakeWait},
    {"case", &ScriptParser::TakeCase},      {"retry", &ScriptParser::TakeRetry},
    {"call", &ScriptParser::TakeCall},      {"open", &ScriptParser::TakeOpen},
    {"send", &ScriptParser::TakeSend},      {"recv", &ScriptParser::TakeReceive},
    {"norecv", &ScriptParser::TakeSilence}, {"close", &ScriptParser::TakeClose},
    {"cancel", &ScriptParser::TakeCancel},  {"expect", &ScriptParser::TakeExpect},
    {"let", &ScriptParser::TakeLet},
};

// "let", "recv" and their like, with what the line says behind it.
std::string LineText(std::string_view line) {
  return std::string(LineReader(line, 1).Rest());
}

void ScriptParser::TakeLine(std::string_view line, size_t number) {
  LineReader reader(line, number);
  if (reader.AtEnd()) return;
  // Where a setting stands is asked first: only there ${NAME} means something.
  LineReader ahead = reader;
  if (const Result<Word> verb = ahead.Next(); verb && verb->Is("set"))
    reader = LineReader(line, number, &environment_);
  const Result<void> taken = TakeVerb(reader, line);
  if (taken) return;
  parsed_.errors.Add(reader.place(), taken.error());
  // It may have been meant for its step.
  if (!after_broken_case_ && !parsed_.script.cases.empty()) doubtful_.insert(parsed_.script.cases.size() - 1);
}

Result<void> ScriptParser::TakeVerb(LineReader& reader, std::string_view line) {
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  for (const Verb& verb : kVerbs) {
    if (word->Is(verb.name)) return (this->*verb.take)(reader, *word, line);
  }
  std::vector<std::string> names;
  for (const Verb& verb : kVerbs) names.emplace_back(verb.name);
  const std::string text = word->IsPlain() ? word->Text() : "";
  // As it is copied from a terminal.
  if (text == "rpcctl")
    return reader.Blame(word->place, "a step begins with what it does, not with 'rpcctl'", "write call ...");
  const std::string near = DidYouMean(text, names);
  return reader.Blame(word->place, fmt::format("'{}' begins no line of a script", ShownText(text)),
                      near.empty() ? "a line begins with " + JoinForSentence(names) : near);
}

Result<void> ScriptParser::CheckBeforeCases(LineReader& reader, const Word& verb) const {
  if (parsed_.script.cases.empty() && !after_broken_case_) return {};
  return reader.Blame(verb.place, fmt::format("'{}' stands behind a case", verb.Text()),
                      "what holds for the whole file stands before its first case");
}

// ---- settings ----

Result<void> ScriptParser::TakeSet(LineReader& reader, const Word& verb, std::string_view) {
  if (Result<void> before = CheckBeforeCases(reader, verb); !before) return before;
  Result<Word> name = VariableNameWord(reader, "what is set");
  if (!name) return name.error();
  Script& script = parsed_.script;
  const std::string text = name->Text();
  if (text == "header") return TakeHeader(reader);
  if (text == "timeout" || text == "total-timeout") {
    const Result<Duration> limit = LimitWord(reader);
    if (!limit) return limit.error();
    (text == "timeout" ? script.timeout : script.total_timeout) = *limit;
    return ExpectEnd(reader);
  }
  if (text == "secret") {
    const Result<Word> secret = VariableNameWord(reader, "the NAME of a variable");
    if (!secret) return secret.error();
    script.secrets.push_back({secret->place, secret->Text()});
    return ExpectEnd(reader, "'set secret' takes the name of a variable, which is set by a line of its own");
  }
  if (text != "target") return TakeVariable(reader, *name);
  if (reader.AtEnd()) return reader.Blame(reader.place(), "an ADDR was expected here");
  Result<Word> target = reader.Next();
  if (!target) return target.error();
  script.target = std::move(*target);
  return ExpectEnd(reader);
}

// The words of a header are one, with a space between two, so that quotes are not needed.
Result<void> ScriptParser::TakeHeader(LineReader& reader) {
  if (reader.AtEnd()) return reader.Blame(reader.place(), "NAME: VALUE was expected here");
  HeaderSetting header{.place = reader.place(), .value = {}};
  Result<std::vector<Word>> words = WordsToEnd(reader);
  if (!words) return words.error();
  for (Word& word : *words) {
    if (!header.value.pieces.empty()) header.value.Append(" ");
    for (WordPiece& piece : word.pieces) {
      if (piece.insertion) {
        header.value.pieces.push_back(std::move(piece));
      } else {
        header.value.Append(piece.text);
      }
    }
  }
  header.value.place = header.place;
  parsed_.script.headers.push_back(std::move(header));
  return {};
}

Result<void> ScriptParser::TakeVariable(LineReader& reader, const Word& name) {
  const std::vector<std::string> settings = {"target", "timeout", "total-timeout", "header", "secret"};
  const std::string near = DidYouMean(name.Text(), settings);
  if (!near.empty()) {
    return reader.Blame(
        name.place,
        fmt::format("'{}' is no setting, and too like one for a variable", ShownText(name.Text())), near);
  }
  if (reader.AtEnd())
    return reader.Blame(reader.place(), fmt::format("the value of {} was expected here", name.Text()));
  Result<Word> value = reader.Next();
  if (!value) return value.error();
  parsed_.script.variables.push_back({name.place, name.Text(), std::move(*value)});
  return ExpectEnd(reader);
}

Result<void> ScriptParser::TakeWait(LineReader& reader, const Word& verb, std::string_view) {
  if (Result<void> before = CheckBeforeCases(reader, verb); !before) return before;
  if (reader.AtEnd()) return reader.Blame(reader.place(), "'ready' was expected here", "wait ready 30s");
  const Result<Word> what = reader.Next();
  if (!what) return what.error();
  if (!what->Is("ready")) return reader.Blame(what->place, "'ready' was expected here", "wait ready 30s");
  parsed_.script.wait_ready = kDefaultReadyLimit;
  if (reader.AtEnd()) return {};
  const Result<Duration> limit = LimitWord(reader);
  if (!limit) return limit.error();
  parsed_.script.wait_ready = *limit;
  return ExpectEnd(reader);
}

// ---- cases ----

Result<void> ScriptParser::TakeCase(LineReader& reader, const Word& verb, std::string_view) {
  after_broken_step_ = false;
  after_broken_case_ = true;
  Case made{.name = {}, .tags = {}, .place = verb.place, .retry = {}, .steps = {}};
  const TextPosition place = reader.place();
  const std::string_view rest = reader.Rest();
  for (size_t at = rest.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const size_t end = std::min(rest.find_first_of(" \t", at), rest.size());
    const std::string word(rest.substr(at, end - at));
    const bool is_tag = word.size() > 1 && word[0] == '@';
    if (is_tag) made.tags.push_back(word.substr(1));
    if (!is_tag && !made.tags.empty())
      return reader.Blame(place, fmt::format("'{}' stands behind a tag", ShownText(word)),
                          "the tags stand last: case greets by name @fast");
    if (!is_tag) made.name += (made.name.empty() ? "" : " ") + word;
    at = rest.find_first_not_of(" \t", end);
  }
  if (made.name.empty()) return reader.Blame(place, "the name of the case was expected here");
  if (SafeText(made.name) != made.name) {
    return reader.Blame(
        place, fmt::format("the name of the case holds what cannot be shown: {}", ShownText(made.name)));
  }
  parsed_.script.cases.push_back(std::move(made));
  after_broken_case_ = false;
  return {};
}

Result<void> ScriptParser::TakeRetry(LineReader& reader, const Word& verb, std::string_view) {
  Retry retry{.attempts = 0, .pause = kDefaultRetryPause};
  const bool is_first = !parsed_.script.cases.empty() && parsed_.script.cases.back().steps.empty();
  if (!is_first && !after_broken_case_)
    return reader.Blame(verb.place, "'retry' stands before the first step of a case",
                        "it holds for the whole case");
  if (reader.AtEnd()) return reader.Blame(reader.place(), "a number of attempts was expected here");
  Result<Word> word = reader.Next();
  if (!word) return word.error();
  const std::string text = word->IsPlain() ? word->Text() : "";
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), retry.attempts);
  if (error != std::errc() || end != text.data() + text.size() || retry.attempts == 0)
    return reader.Blame(word->place, fmt::format("'{}' is no number of attempts", ShownText(text)),
                        "write retry 10 every 500ms");
  if (!reader.AtEnd()) {
    if (word = reader.Next(); !word) return word.error();
    if (!word->Is("every"))
      return reader.Blame(word->place, "'every' was expected here", "write retry 10 every 500ms");
    const Result<Duration> pause = LimitWord(reader);
    if (!pause) return pause.error();
    retry.pause = *pause;
  }
  if (!after_broken_case_) parsed_.script.cases.back().retry = retry;
  return ExpectEnd(reader);
}

// ---- steps ----

Result<Step*> ScriptParser::BeginStep(LineReader& reader, const Word& verb, std::string_view line) {
  after_broken_step_ = true;
  Result<std::vector<Word>> words = WordsToEnd(reader);
  if (!words) return words.error();
  if (words->empty()) return reader.Blame(reader.place(), "the METHOD was expected here");
  if (parsed_.script.cases.empty() && !after_broken_case_)
    return reader.Blame(verb.place, fmt::format("'{}' stands before the first case", verb.Text()),
                        "a line 'case NAME' begins one");
  // What belongs to a case that could not be read is put where nothing is read from, one without a name.
  const bool is_apart = !parsed_.script.cases.empty() && parsed_.script.cases.back().name.empty();
  if (after_broken_case_ && !is_apart) parsed_.script.cases.emplace_back();
  after_broken_step_ = false;
  Step step{.place = verb.place, .line = LineText(line), .words = std::move(*words)};
  parsed_.script.cases.back().steps.push_back(std::move(step));
  return &parsed_.script.cases.back().steps.back();
}

Result<void> ScriptParser::TakeCall(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<Step*> step = BeginStep(reader, verb, line);
  if (!step) return step.error();
  return {};
}

Result<void> ScriptParser::TakeOpen(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<Step*> step = BeginStep(reader, verb, line);
  if (!step) return step.error();
  (*step)->live = true;
  return {};
}

// The step that a line belongs to. Null where it is one that could not be read: then only the line itself is
// looked at.
Result<Step*> ScriptParser::StepOf(LineReader& reader, const Word& verb) {
  if (after_broken_step_) return static_cast<Step*>(nullptr);
  const std::vector<Case>& cases = parsed_.script.cases;
  const bool is_of_before = after_broken_case_ && !cases.empty() && !cases.back().name.empty();
  if (!is_of_before && !cases.empty() && !cases.back().steps.empty())
    return &parsed_.script.cases.back().steps.back();
  if (after_broken_case_) return static_cast<Step*>(nullptr);
  return reader.Blame(verb.place, fmt::format("'{}' stands before the call it is about", verb.Text()),
                      "a line 'call METHOD' or 'open METHOD' comes first");
}

Result<LiveAct*> ScriptParser::BeginAct(LineReader& reader, const Word& verb, std::string_view line,
                                        LiveAct::Kind kind) {
  const Result<Step*> step = StepOf(reader, verb);
  if (!step) return step.error();
  unowned_ = {};
  if (*step == nullptr) return &unowned_;
  if (!(*step)->live)
    return reader.Blame(verb.place, fmt::format("'{}' needs a stream that is open", verb.Text()),
                        "a line 'open METHOD' opens one");
  LiveAct act{.kind = kind, .place = verb.place, .line = LineText(line), .words = {}};
  (*step)->acts.push_back(std::move(act));
  return &(*step)->acts.back();
}

Result<void> ScriptParser::TakeSend(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<LiveAct*> act = BeginAct(reader, verb, line, LiveAct::Kind::kSend);
  if (!act) return act.error();
  Result<std::vector<Word>> words = WordsToEnd(reader);
  if (!words) return words.error();
  (*act)->words = std::move(*words);
  return {};
}

Result<void> ScriptParser::TakeReceive(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<LiveAct*> act = BeginAct(reader, verb, line, LiveAct::Kind::kReceive);
  if (!act) return act.error();
  if (reader.AtEnd()) return {};
  LineReader ahead = reader;
  if (const Result<Word> word = ahead.Next(); word && word->Is("within")) {
    reader = ahead;
    const Result<Duration> limit = LimitWord(reader);
    if (!limit) return limit.error();
    (*act)->limit = *limit;
    if (reader.AtEnd()) return {};
  }
  const TextPosition place = reader.place();
  Result<Word> path = reader.Next();
  if (!path) return path.error();
  if (!IsPathWord(*path))
    return reader.Blame(place, "a .path was expected here", "write recv within 1s .message == one");
  Result<Predicate> predicate = ParsePredicate(reader);
  if (!predicate) return predicate.error();
  Subject subject{.kind = Subject::Kind::kMessage, .place = place, .path = path->Text(), .path_place = place};
  Expectation expectation{.place = verb.place, .line = (*act)->line, .subject = std::move(subject)};
  expectation.predicate = std::move(*predicate);
  (*act)->expectation = std::move(expectation);
  return {};
}

Result<void> ScriptParser::TakeSilence(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<LiveAct*> act = BeginAct(reader, verb, line, LiveAct::Kind::kSilence);
  if (!act) return act.error();
  if (reader.AtEnd()) return reader.Blame(reader.place(), "'for' was expected here", "norecv for 100ms");
  const Result<Word> word = reader.Next();
  if (!word) return word.error();
  if (!word->Is("for")) return reader.Blame(word->place, "'for' was expected here", "norecv for 100ms");
  const Result<Duration> limit = LimitWord(reader);
  if (!limit) return limit.error();
  (*act)->limit = *limit;
  return ExpectEnd(reader);
}

Result<void> ScriptParser::TakeClose(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<LiveAct*> act = BeginAct(reader, verb, line, LiveAct::Kind::kClose);
  if (!act) return act.error();
  return ExpectEnd(reader);
}

Result<void> ScriptParser::TakeCancel(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<LiveAct*> act = BeginAct(reader, verb, line, LiveAct::Kind::kCancel);
  if (!act) return act.error();
  return ExpectEnd(reader);
}

Result<void> ScriptParser::TakeExpect(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<Step*> step = StepOf(reader, verb);
  if (!step) return step.error();
  Result<Expectation> expectation = ParseExpectation(reader);
  if (!expectation) return expectation.error();
  expectation->line = LineText(line);
  if (*step == nullptr) return {};
  const bool is_second = expectation->subject.kind == Subject::Kind::kStatus &&
                         std::ranges::any_of((*step)->expectations, [](const Expectation& other) {
                           return other.subject.kind == Subject::Kind::kStatus;
                         });
  if (is_second)
    return reader.Blame(expectation->place, "a call ends with one status, and one is expected already");
  (*step)->expectations.push_back(std::move(*expectation));
  return {};
}

Result<void> ScriptParser::TakeLet(LineReader& reader, const Word& verb, std::string_view line) {
  const Result<Step*> step = StepOf(reader, verb);
  if (!step) return step.error();
  const Result<Word> name = VariableNameWord(reader, "a NAME");
  if (!name) return name.error();
  if (reader.AtEnd()) return reader.Blame(reader.place(), "'=' was expected here", "let reply = .message");
  const Result<Word> equals = reader.Next();
  if (!equals) return equals.error();
  if (!equals->Is("="))
    return reader.Blame(equals->place, "'=' was expected here",
                        "with white space around it: let x = .message");
  Result<Subject> subject = ParseCaptureSubject(reader);
  if (!subject) return subject.error();
  if (*step == nullptr) return {};
  (*step)->captures.push_back({verb.place, name->Text(), std::move(*subject)});
  if (!(*step)->live) return {};
  (*step)->acts.push_back({.kind = LiveAct::Kind::kCapture,
                           .place = verb.place,
                           .line = LineText(line),
                           .words = {},
                           .limit = {},
                           .expectation = {},
                           .capture = (*step)->captures.size() - 1});
  return {};
}

ParsedScript ScriptParser::Finish() {
  for (size_t i = 0; i < parsed_.script.cases.size(); ++i) {
    const Case& made = parsed_.script.cases[i];
    if (made.steps.empty() && !doubtful_.contains(i))
      parsed_.errors.Add(made.place, "a case without a call tests nothing", "a line 'call METHOD' makes one");
  }
  parsed_.errors.Sort();
  return std::move(parsed_);
}

}  // namespace

ParsedScript ParseScript(std::string_view text, const EnvironmentReader& environment) {
  ScriptParser parser(environment);
  size_t number = 1;
  for (size_t at = 0; at < text.size(); ++number) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);  // a byte order mark
    parser.TakeLine(line, number);
    at = end + 1;
  }
  return parser.Finish();
}

}  // namespace rpcctl
