// Reads a line about a stream that is open.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/line_verb.h"
#include "script/script.h"

namespace rpcctl {

// What a line "send", "recv", "norecv", "close" or "cancel" does, as far as its verb says it.
LiveAct BeginAct(const VerbWord& verb, std::string_view line);

// Adds to `act` what the line says behind its verb, which was read. Errors are kUsage; where they are is the
// reader's place(). The act of such a line stays one of its stream, so that no other line seems wrong.
Result<void> TakeAct(LineReader& reader, LiveAct& act);

}  // namespace rpcctl
