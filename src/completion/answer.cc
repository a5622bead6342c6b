#include "completion/answer.h"

#include <algorithm>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

// About what stands beside a name in one line of a terminal.
constexpr size_t kLongestDescription = 80;
constexpr size_t kLongestHint = 200;

// No word that somebody wants to type is longer.
constexpr size_t kLongestValue = 4096;

bool MayBeShown(std::string_view value) {
  return !value.empty() && value.size() <= kLongestValue && SafeText(value) == value;
}

size_t Characters(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string DirectiveLine(const Answer& answer, std::string_view typed) {
  std::string line = ":";
  if (answer.no_space) line += "nospace ";
  if (answer.keep_order) line += "keeporder ";
  line += answer.files ? "files" : "nofiles";
  const size_t prefix = answer.files ? Characters(typed.substr(0, answer.file_at)) : 0;
  if (prefix > 0) line += " prefix=" + std::to_string(prefix);
  return line + "\n";
}

}  // namespace

void Offer(Answer& answer, std::string_view typed, std::string value, std::string description) {
  if (answer.candidates.size() >= kMostCandidates || !value.starts_with(typed)) return;
  answer.candidates.push_back({std::move(value), std::move(description)});
}

void Hint(Answer& answer, const Error& error) {
  const bool fits = !error.hint.empty() && error.hint.find('\n') == std::string::npos &&
                    error.message.size() + error.hint.size() < kLongestHint;
  answer.hints.push_back(fits ? error.message + "; " + error.hint : error.message);
}

std::string AnswerText(const Answer& answer, std::string_view typed) {
  std::string text = DirectiveLine(answer, typed);
  for (const Candidate& candidate : answer.candidates) {
    if (!MayBeShown(candidate.value)) continue;
    text += candidate.value;
    const std::string description = SafeExcerpt(candidate.description, kLongestDescription);
    text += description.empty() ? "\n" : "\t" + description + "\n";
  }
  for (const std::string& hint : answer.hints) text += "#" + SafeExcerpt(hint, kLongestHint) + "\n";
  return text;
}

}  // namespace rpcctl
