#include "script/settings_parser.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "script/line_verb.h"
#include "script/line_words.h"
#include "script/step_parser.h"

namespace rpcctl {
namespace {

constexpr Duration kDefaultReadyLimit = std::chrono::seconds(30);

class SettingsParser final {
 public:
  explicit SettingsParser(const EnvironmentReader& environment) : environment_(environment) {}

  Result<void> TakeLine(LineReader& reader, std::string_view line);
  Settings TakeSettings() { return std::move(settings_); }

 private:
  Result<void> TakeSet(LineReader& reader);
  Result<void> TakeHeader(LineReader& reader);
  Result<void> TakeSecret(LineReader& reader);
  Result<void> TakeTarget(LineReader& reader);
  Result<void> TakeVariable(LineReader& reader, const Word& name);
  Result<void> TakeLimit(LineReader& reader, std::optional<Duration>& limit);
  Result<void> TakeWait(LineReader& reader);
  Result<void> TakeStray(const VerbWord& verb, LineReader& reader, std::string_view line);

  const EnvironmentReader& environment_;
  Settings settings_;
  bool behind_step_ = false;  // which belongs to no case: then what is said of it is no other mistake
};

Result<void> SettingsParser::TakeLine(LineReader& reader, std::string_view line) {
  const size_t number = reader.place().line;
  const Result<VerbWord> verb = ReadVerb(reader);
  if (!verb) return verb.error();
  if (verb->verb == Verb::kWait) return TakeWait(reader);
  if (verb->verb != Verb::kSet) return TakeStray(*verb, reader, line);
  reader = LineReader(line, number, &environment_);
  if (const Result<VerbWord> again = ReadVerb(reader); !again) return again.error();
  return TakeSet(reader);
}

Result<void> SettingsParser::TakeSet(LineReader& reader) {
  Result<Word> name = VariableNameWord(reader, "what is set");
  if (!name) return name.error();
  const std::string text = name->Text();
  if (text == "header") return TakeHeader(reader);
  if (text == "timeout") return TakeLimit(reader, settings_.timeout);
  if (text == "total-timeout") return TakeLimit(reader, settings_.total_timeout);
  if (text == "secret") return TakeSecret(reader);
  if (text == "target") return TakeTarget(reader);
  return TakeVariable(reader, *name);
}

Result<void> SettingsParser::TakeLimit(LineReader& reader, std::optional<Duration>& limit) {
  const Result<Duration> read = LimitWord(reader);
  if (!read) return read.error();
  limit = *read;
  return ExpectEnd(reader);
}

// The words of a header are one, with a space between two, so that quotes are not needed.
Result<void> SettingsParser::TakeHeader(LineReader& reader) {
  if (reader.AtEnd()) return Missing(reader, "NAME: VALUE was expected here");
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
  settings_.headers.push_back(std::move(header));
  return {};
}

Result<void> SettingsParser::TakeSecret(LineReader& reader) {
  const Result<Word> secret = VariableNameWord(reader, "the NAME of a variable");
  if (!secret) return secret.error();
  settings_.secrets.push_back({secret->place, secret->Text()});
  return ExpectEnd(reader, "'set secret' takes the name of a variable, which is set by a line of its own");
}

Result<void> SettingsParser::TakeTarget(LineReader& reader) {
  if (reader.AtEnd()) return Missing(reader, "an ADDR was expected here");
  Result<Word> target = reader.Next();
  if (!target) return target.error();
  settings_.target = std::move(*target);
  return ExpectEnd(reader);
}

Result<void> SettingsParser::TakeVariable(LineReader& reader, const Word& name) {
  const std::vector<std::string> settings = {"target", "timeout", "total-timeout", "header", "secret"};
  const std::string near = DidYouMean(name.Text(), settings);
  if (!near.empty()) {
    return reader.Blame(
        name.place,
        fmt::format("'{}' is no setting, and too like one for a variable", ShownText(name.Text())), near);
  }
  if (reader.AtEnd()) return Missing(reader, fmt::format("the value of {} was expected here", name.Text()));
  Result<Word> value = reader.Next();
  if (!value) return value.error();
  settings_.variables.push_back({name.place, name.Text(), std::move(*value)});
  return ExpectEnd(reader);
}

Result<void> SettingsParser::TakeWait(LineReader& reader) {
  if (reader.AtEnd()) return Missing(reader, "'ready' was expected here", "wait ready 30s");
  const Result<Word> what = reader.Next();
  if (!what) return what.error();
  if (!what->Is("ready")) return reader.Blame(what->place, "'ready' was expected here", "wait ready 30s");
  settings_.wait_ready = kDefaultReadyLimit;
  if (reader.AtEnd()) return {};
  return TakeLimit(reader, settings_.wait_ready);
}

Result<void> SettingsParser::TakeStray(const VerbWord& verb, LineReader& reader, std::string_view line) {
  const bool begins_step = verb.verb == Verb::kCall || verb.verb == Verb::kOpen;
  if (begins_step) {
    behind_step_ = true;
    if (const Result<Step> step = ParseStepBegin(verb, reader, line); !step) return step.error();
    return Misplaced(reader, verb);
  }
  if (behind_step_) return TakeStepLine(verb, reader, line, nullptr);
  return Misplaced(reader, verb);
}

}  // namespace

Settings ParseSettings(const ScriptSection& section, const EnvironmentReader& environment,
                       ScriptErrors& errors) {
  SettingsParser parser(environment);
  TakeLines(section, errors,
            [&](LineReader& reader, std::string_view line) { return parser.TakeLine(reader, line); });
  return parser.TakeSettings();
}

}  // namespace rpcctl
