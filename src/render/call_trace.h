// What -v tells about a call on standard error.
#pragma once

#include <string>
#include <string_view>

#include "call/call_engine.h"

namespace rpcctl {

// Lines for people, each ended by a newline; everything in them is safe to show, secrets are masked. "*"
// begins what the program says, ">" what is sent, "<" what was received, as curl has it.
// `target` is told as it is, with how it is reached: "localhost:50051 (plaintext)".
std::string TraceStart(std::string_view target, const PreparedCall& call);
std::string TraceMetadata(std::string_view mark, const Metadata& metadata);
std::string TraceConnected(const ConnectionPhases& phases);
std::string TraceOutcome(const CallOutcome& outcome);

}  // namespace rpcctl
