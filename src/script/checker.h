// Looks at every step of a script against the schema, without a call.
#pragma once

#include <string_view>

#include "script/script_error.h"
#include "script/script_outline.h"
#include "script/step_resolver.h"

namespace rpcctl {

// Looks at the script `text`, whose outline is `outline`, one step after another. The variables of `tools`
// are those that are set before the run. What is wrong is told in `errors`, all of it and sorted: unknown
// methods and fields, values that their field cannot have, variables that nothing sets, each kUsage; files
// that cannot be read, kInput; what the schema's source says, by its own kind. Lines that cannot be read were
// told with the outline, and are not told again.
void CheckScript(std::string_view text, const ScriptOutline& outline, const StepTools& tools,
                 ScriptErrors& errors);

}  // namespace rpcctl
