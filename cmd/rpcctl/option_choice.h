// Options that take one of a few words.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/safe_text.h"
#include "base/text.h"

namespace rpcctl {

// A word and what it means.
template <typename Meaning>
using Choices = std::span<const std::pair<std::string_view, Meaning>>;

// What `word` means for `option` ("--as"); kUsage for any other word, with the nearest or all of them as
// hint.
template <typename Meaning>
Result<Meaning> Choose(std::string_view option, std::string_view word, Choices<Meaning> choices) {
  std::vector<std::string> names;
  for (const auto& [name, meaning] : choices) {
    if (name == word) return meaning;
    names.emplace_back(name);
  }
  const std::string hint = DidYouMean(word, names);
  return Error{ErrorKind::kUsage, fmt::format("{}: '{}' is none of its values", option, SafeText(word)),
               hint.empty() ? "the values are " + JoinForSentence(names, "and") : hint};
}

}  // namespace rpcctl
