// Looks at every step of a script against the schema, without a call.
#pragma once

#include <set>
#include <string>

#include "message/known_types.h"
#include "schema/schema.h"
#include "script/caller.h"
#include "script/checked_script.h"
#include "script/script_error.h"

namespace rpcctl {

// What a check looks at a script with. Everything is borrowed and must outlive the checked script.
struct CheckTools {
  Schema& schema;
  Caller& caller;
  KnownTypes known;            // every type of the schema
  const Variables& variables;  // those that are set before the run; environment and clock with them
};

// Takes `script` over. What is wrong is told in `errors`, all of it: unknown methods and fields, values that
// their field cannot have, variables that nothing sets, each kUsage; files that cannot be read, kInput; what
// the schema's source says, by its own kind. Then what is returned is good for nothing.
CheckedScript CheckScript(Script script, CheckTools tools, ScriptErrors& errors);

}  // namespace rpcctl
