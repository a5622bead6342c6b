// Reads one step of a case.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "script/line_verb.h"
#include "script/script.h"
#include "script/script_section.h"

namespace rpcctl {

// What could be understood of the lines of a step. Nothing where its first line cannot be read: then the
// others are looked at by themselves. What is wrong is told in `errors`.
std::optional<Step> ParseStep(const ScriptSection& section, ScriptErrors& errors);

// The step that a line "call" or "open" begins; its verb was read.
Result<Step> ParseStepBegin(const VerbWord& verb, LineReader& reader, std::string_view line);

// Adds a line behind that one to `step`; null to look only at the line itself. An error for a verb that does
// not stand there.
Result<void> TakeStepLine(const VerbWord& verb, LineReader& reader, std::string_view line, Step* step);

}  // namespace rpcctl
