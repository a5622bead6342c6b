// Reads what a script says of one case, before its steps.
#pragma once

#include <optional>

#include "script/script.h"
#include "script/script_section.h"

namespace rpcctl {

// The line "case" and what stands before the first step. Nothing where the line cannot be read; what is wrong
// is told in `errors`.
std::optional<CaseHead> ParseCaseHead(const ScriptSection& section, ScriptErrors& errors);

}  // namespace rpcctl
