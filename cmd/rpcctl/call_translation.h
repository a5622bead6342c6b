// The same call in other words: for grpcurl, as items, as JSON, as a step of a test script.
#pragma once

#include <span>
#include <string>

#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/flags.h"
#include "message/known_types.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

// What --as prints: lines to paste, each ended by a newline, quoted for a shell. `messages` are the request's
// wire bytes, `flags` what was typed, of which everything that the other tool has an option for is kept.
// Header values are told as they were typed. Errors: kUsage for what the other tool cannot do; those of the
// messages.
Result<std::string> TranslateCall(const CallPlan& plan, const Flags& flags,
                                  const google::protobuf::MethodDescriptor& method,
                                  std::span<const std::string> messages, const KnownTypes& known);

}  // namespace rpcctl
