// Reads what a script says of all its cases.
#pragma once

#include "script/line_reader.h"
#include "script/script.h"
#include "script/script_section.h"

namespace rpcctl {

// What could be understood of the lines before the first case; what is wrong is told in `errors`. Only here
// ${NAME} means something.
Settings ParseSettings(const ScriptSection& section, const EnvironmentReader& environment,
                       ScriptErrors& errors);

}  // namespace rpcctl
