// The same call in other words: for grpcurl, as items, as JSON, as a step of a test script.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/flags.h"
#include "message/known_types.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

// What --as prints: lines to paste, each ended by a newline, quoted for a shell. `messages` are the request's
// wire bytes, `flags` what was typed, of which everything that the other tool has an option for is kept.
// Header values are told as they were typed, but in a script, which is kept: there is no secret in it.
// Errors: kUsage for what the other tool cannot do; those of the messages.
Result<std::string> TranslateCall(const CallPlan& plan, const Flags& flags,
                                  const google::protobuf::MethodDescriptor& method,
                                  std::span<const std::string> messages, const KnownTypes& known);

// All messages as the items that make them, a comma between two. Errors are kInput: messages that no item can
// be made of.
Result<std::vector<std::string>> ItemsOf(std::span<const std::string> messages,
                                         const google::protobuf::MethodDescriptor& method,
                                         const KnownTypes& known);

// The options of a connection as they were typed, ready for a command line of rpcctl; the target wherever it
// is not the default. A proxy's password is left out.
std::vector<std::string> ConnectionWords(const ConnectionPlan& plan, const ConnectionFlags& typed);

// One command line that a shell reads back as `words`, safe to show, with a newline.
std::string CommandLine(const std::vector<std::string>& words);

}  // namespace rpcctl
