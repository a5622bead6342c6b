// What stands between "{{" and "}}" in a script.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "message/text_position.h"

namespace rpcctl {

struct Insertion {
  enum class Kind {
    kVariable,     // {{name}}: a variable or a capture
    kEnvironment,  // {{env.NAME}}
    kUuid,         // {{uuid}}: a random one, each time another
    kNow,          // {{now}}, {{now-5m}}, {{now+1h}}: a time as RFC 3339 has it
    kRandom,       // {{random 1 100}}: a whole number, both ends included
  };
  Kind kind = Kind::kVariable;
  std::string name = {};  // with kVariable and kEnvironment
  Duration offset{};      // with kNow
  int64_t low = 0;        // with kRandom
  int64_t high = 0;
  TextPosition place = {};  // of the first brace
};

// Reads what stands between the braces; white space around it is ignored. Errors are kUsage and say what may
// stand there.
Result<Insertion> ParseInsertion(std::string_view inside);

// Whether a variable may be called so: a letter or '_', then letters, digits, '_' and '-', and no name that
// means something else between braces.
bool IsVariableName(std::string_view name);

}  // namespace rpcctl
