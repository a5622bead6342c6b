// Small questions about text: nearest names, lists for a sentence, ASCII case.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

// The number of edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`.
size_t EditDistance(std::string_view a, std::string_view b);

// The names of `choices` that are near enough to `word` to be meant (case ignored), nearest first, at most
// `limit`.
std::vector<std::string> NearestNames(std::string_view word, std::span<const std::string> choices,
                                      size_t limit = 3);

// "did you mean 'name'?", "did you mean 'a', 'b' or 'c'?", or "" when nothing is near.
std::string DidYouMean(std::string_view word, std::span<const std::string> choices);

// "a", "a or b", "a, b or c"; with `conjunction` "and": "a, b and c".
std::string JoinForSentence(std::span<const std::string> words, std::string_view conjunction = "or");

// ASCII letters only: names of protobuf and HTTP/2 metadata are ASCII, and the locale must not matter.
std::string ToLowerAscii(std::string_view text);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

// Whether `full` is `suffix`, or ends in it right after a dot: "a.b.C" ends at a dot with "C" and "b.C".
bool EndsAtDot(std::string_view full, std::string_view suffix);

// "1 message", "2 messages".
std::string Plural(size_t count, std::string_view noun);

}  // namespace rpcctl
