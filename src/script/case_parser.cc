#include "script/case_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/safe_text.h"
#include "script/line_verb.h"
#include "script/line_words.h"
#include "script/step_parser.h"

namespace rpcctl {
namespace {

constexpr Duration kDefaultRetryPause = std::chrono::seconds(1);

Result<CaseHead> ParseNameAndTags(const VerbWord& verb, LineReader& reader) {
  CaseHead head{.place = verb.place};
  const TextPosition place = reader.place();
  const std::string_view rest = reader.Rest();
  for (size_t at = rest.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const size_t end = std::min(rest.find_first_of(" \t", at), rest.size());
    const std::string word(rest.substr(at, end - at));
    const bool is_tag = word.size() > 1 && word[0] == '@';
    if (is_tag) head.tags.push_back(word.substr(1));
    if (!is_tag && !head.tags.empty())
      return reader.Blame(place, fmt::format("'{}' stands behind a tag", ShownText(word)),
                          "the tags stand last: case greets by name @fast");
    if (!is_tag) head.name += (head.name.empty() ? "" : " ") + word;
    at = rest.find_first_not_of(" \t", end);
  }
  if (head.name.empty()) return reader.Blame(place, "the name of the case was expected here");
  if (SafeText(head.name) != head.name) {
    return reader.Blame(
        place, fmt::format("the name of the case holds what cannot be shown: {}", ShownText(head.name)));
  }
  return head;
}

Result<Retry> ParseRetry(LineReader& reader) {
  constexpr std::string_view kHint = "write retry 10 every 500ms";
  Retry retry{.attempts = 0, .pause = kDefaultRetryPause};
  if (reader.AtEnd()) return Missing(reader, "a number of attempts was expected here");
  Result<Word> word = reader.Next();
  if (!word) return word.error();
  const std::string text = word->IsPlain() ? word->Text() : "";
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), retry.attempts);
  if (error != std::errc() || end != text.data() + text.size() || retry.attempts == 0)
    return reader.Blame(word->place, fmt::format("'{}' is no number of attempts", ShownText(text)), kHint);
  if (reader.AtEnd()) return retry;
  if (word = reader.Next(); !word) return word.error();
  if (!word->Is("every")) return reader.Blame(word->place, "'every' was expected here", kHint);
  const Result<Duration> pause = LimitWord(reader);
  if (!pause) return pause.error();
  retry.pause = *pause;
  if (Result<void> ends = ExpectEnd(reader); !ends) return ends.error();
  return retry;
}

class HeadParser final {
 public:
  Result<void> TakeLine(LineReader& reader, std::string_view line) {
    const Result<VerbWord> verb = ReadVerb(reader);
    if (!verb) return verb.error();
    if (verb->verb == Verb::kCase) return TakeCase(*verb, reader);
    if (verb->verb == Verb::kRetry) return TakeRetry(reader);
    // The step that is missing may be of the line that could not be read.
    const bool is_setting = verb->verb == Verb::kSet || verb->verb == Verb::kWait;
    if (!head_ && !is_setting) return TakeStepLine(*verb, reader, line, nullptr);
    return Misplaced(reader, *verb);
  }
  std::optional<CaseHead> TakeHead() { return std::move(head_); }

 private:
  Result<void> TakeCase(const VerbWord& verb, LineReader& reader) {
    Result<CaseHead> head = ParseNameAndTags(verb, reader);
    if (!head) return head.error();
    head_ = std::move(*head);
    return {};
  }
  Result<void> TakeRetry(LineReader& reader) {
    const Result<Retry> retry = ParseRetry(reader);
    if (!retry) return retry.error();
    if (head_) head_->retry = *retry;
    return {};
  }

  std::optional<CaseHead> head_;
};

}  // namespace

std::optional<CaseHead> ParseCaseHead(const ScriptSection& section, ScriptErrors& errors) {
  HeadParser parser;
  TakeLines(section, errors,
            [&](LineReader& reader, std::string_view line) { return parser.TakeLine(reader, line); });
  return parser.TakeHead();
}

}  // namespace rpcctl
