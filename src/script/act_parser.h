// Reads a line about a stream that is open.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/line_verb.h"
#include "script/script.h"

namespace rpcctl {

// What a line "send", "recv", "norecv", "close" or "cancel" does; its verb was read. Errors are kUsage; where
// they are is the reader's place().
Result<LiveAct> ParseAct(const VerbWord& verb, LineReader& reader, std::string_view line);

}  // namespace rpcctl
