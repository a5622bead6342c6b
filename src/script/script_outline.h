// What is kept of a script while it is worked on: where its cases begin, and what holds for all of them.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "script/line_reader.h"
#include "script/script.h"
#include "script/script_error.h"
#include "script/script_section.h"

namespace rpcctl {

// Eight bytes a case, whatever is in it: a case or a step is read again from the text when it is its turn, so
// that a script of any length takes little more memory than its text.
struct ScriptOutline {
  Settings settings = {};
  std::vector<SectionMark> cases = {};  // whose first line could be read
  std::set<std::string> captures = {};  // the names of every "let"
};

// Reads all of `text`, which is less than 4 GiB. What is wrong is told in `errors`, sorted.
ScriptOutline OutlineScript(std::string_view text, const EnvironmentReader& environment,
                            ScriptErrors& errors);

// Cases of a script that has no mistakes. Borrows both.
struct OutlinedCases {
  std::string_view text = {};  // of the script
  std::span<const SectionMark> marks = {};
};

// The case that begins at `mark`, one of an outline of `text`.
CaseHead ReadCaseHead(std::string_view text, SectionMark mark);

}  // namespace rpcctl
