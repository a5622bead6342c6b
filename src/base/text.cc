#include "base/text.h"

#include <algorithm>
#include <numeric>

namespace rpcctl {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// A server may hold 10,000 names of any length; beyond this a name is not what a person mistyped.
constexpr size_t kLongestComparedName = 200;

// One edit for every three letters, and at least one: "nmae" finds "name", "x" does not find "id".
size_t AllowedEdits(size_t length) {
  return std::max<size_t>(1, length / 3);
}

}  // namespace

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

std::vector<std::string> NearestNames(std::string_view word, std::span<const std::string> choices,
                                      size_t limit) {
  if (word.size() > kLongestComparedName) return {};
  const std::string wanted = ToLowerAscii(word);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& choice : choices) {
    if (choice.size() > kLongestComparedName) continue;
    const std::string lower = ToLowerAscii(choice);
    const bool begins = wanted.size() >= 2 && lower.starts_with(wanted);
    const auto [shorter, longer] = std::minmax({wanted.size(), lower.size()});
    if (!begins && longer - shorter > AllowedEdits(longer)) continue;  // there is no need to compare
    const size_t distance = begins ? 1 : EditDistance(wanted, lower);
    if (distance <= AllowedEdits(longer)) near.emplace_back(distance, choice);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> names;
  for (size_t i = 0; i < near.size() && i < limit; ++i) names.push_back(near[i].second);
  return names;
}

std::string DidYouMean(std::string_view word, std::span<const std::string> choices) {
  std::vector<std::string> names = NearestNames(word, choices);
  if (names.empty()) return "";
  for (std::string& name : names) name = "'" + name + "'";
  return "did you mean " + JoinForSentence(names) + "?";
}

std::string JoinForSentence(std::span<const std::string> words, std::string_view conjunction) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && i + 1 == words.size()) text.append(" ").append(conjunction).append(" ");
    if (i > 0 && i + 1 < words.size()) text += ", ";
    text += words[i];
  }
  return text;
}

std::string ToLowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

bool EndsAtDot(std::string_view full, std::string_view suffix) {
  if (!full.ends_with(suffix)) return false;
  return full.size() == suffix.size() || full[full.size() - suffix.size() - 1] == '.';
}

std::string Plural(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace rpcctl
