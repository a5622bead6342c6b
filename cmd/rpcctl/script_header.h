// A header as a script has it, its secrets left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

struct ScriptHeader {
  std::string word;                    // "x-team: a" as one word of a script, in quotes where it needs some
  std::vector<std::string> variables;  // of the environment, that {{env.NAME}} in it stands for
  bool hides = false;                  // its value was a secret: what stands there instead is {{env.NAME}}
};

enum class EnvironmentNames {
  kVerbatim,  // "${" is what it is
  kExpanded,  // ${NAME} is a variable of the environment
};

// `typed` is "name: value", as -H takes it. A value that is a secret by its header's name never comes out:
// "authorization: Bearer x" becomes "authorization: {{env.AUTHORIZATION}}", and with kExpanded "Bearer ${T}"
// becomes "Bearer {{env.T}}". Errors are those of ParseMetadata.
Result<ScriptHeader> MakeScriptHeader(std::string_view typed, EnvironmentNames names);

}  // namespace rpcctl
