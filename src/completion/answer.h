// What completion answers: candidates, hints, and what the shell is to do with them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// As many are told; a shell shows no more in any useful way.
constexpr size_t kMostCandidates = 2000;

// A whole word that the one being typed may become, as the program is to receive it: quoting it for a shell
// is up to that shell's script.
struct Candidate {
  std::string value;
  std::string description = {};  // in any length, not yet safe to show; "" for none

  bool operator==(const Candidate&) const = default;
};

struct Answer {
  bool no_space = false;    // no blank goes behind a candidate: more is to be typed into the word
  bool keep_order = false;  // the candidates' order means something
  bool files = false;       // names of files go here as well
  size_t file_at = 0;       // with `files`: how many bytes of the word stand before the name of the file
  std::vector<Candidate> candidates;
  std::vector<std::string> hints;  // for people, where there is nothing to choose from; not yet safe to show
};

// Adds `value` where it begins with `typed`, unless there are enough.
void Offer(Answer& answer, std::string_view typed, std::string value, std::string description = {});

// What went wrong and, where it fits beside that, what to do about it.
void Hint(Answer& answer, const Error& error);

// The answer as shells read it, each line ended by a newline:
//
//   :nospace nofiles             always first: ":" and directives, a blank between two
//   value<TAB>description        the tab only with a description
//   #hint
//
// The directives are `nospace` and `keeporder`; then `files`, with `prefix=N` (characters) where something
// stands before the name of the file, or else `nofiles`. A candidate is left out if it holds what could end a
// line or fool a terminal: control characters, invisible ones, bytes that are no UTF-8. Descriptions and
// hints pass through SafeText and are cut.
std::string AnswerText(const Answer& answer, std::string_view typed);

}  // namespace rpcctl
