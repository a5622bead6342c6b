// Looks at the words of a call before it is made.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "message/known_types.h"
#include "script/caller.h"
#include "script/checked_step.h"
#include "script/script_error.h"

namespace rpcctl {

// What the words make: all requests of a call, what opens a stream, or one message for it.
enum class RequestUse { kCall, kOpen, kSend };

struct RequestCheck {
  Caller& caller;
  const KnownTypes& known;
  // Every name that some "let" of the file sets: what a server sent may stand behind it by the time the step
  // is made, since a case may be tried again.
  const std::set<std::string>& server_named;
  const Variables& variables;  // those that are set before the run
};

// `written` taken apart, the first being the method. Nothing when that fails, which is then told in `errors`.
std::optional<CheckedWords> ReadRequest(std::span<const Word> written, Caller& caller, ScriptErrors& errors);

// Tells in `errors` what is wrong with the words for a call of `method`: as much as can be known before
// everything is filled in.
void CheckRequest(const CheckedWords& request, const google::protobuf::MethodDescriptor& method,
                  RequestUse use, const RequestCheck& check, ScriptErrors& errors);

// Those headers of `request` that can be filled in by now, filled in.
std::vector<std::string> KnownHeaders(const CheckedWords& request, const Variables& variables);

// The words of `request` with everything filled in.
Result<CallWords> FillRequest(const CheckedWords& request, const Variables& variables);

}  // namespace rpcctl
