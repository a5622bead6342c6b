// A call as a test script has it: its settings and its step.
#pragma once

#include <functional>
#include <optional>
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

struct ScriptedCall {
  std::string target;                // as "set target" takes it: one word
  std::vector<std::string> headers;  // those of -H, as "set header" takes them: one word each
  std::string step;                  // "call pkg.Service.Method name=you", one line
  std::vector<std::string> notes;    // what whoever runs the script has to know: one line each
  // Those of the environment that stand in it as {{env.NAME}}.
  std::vector<std::string> variables;
};

// `messages` are the request's wire bytes, `flags` what was typed. Options of the call become options of the
// step; those of the connection, which a script has no words for, a note. No secret of a header is in it: see
// script_header.h. Everything is safe to show. Errors are those of messages that cannot be read.
Result<ScriptedCall> MakeScriptedCall(const CallPlan& plan, const Flags& flags,
                                      const google::protobuf::MethodDescriptor& method,
                                      std::span<const std::string> messages, const KnownTypes& known);

// A script that makes the call, and expects OK of it.
std::string ScriptOf(const ScriptedCall& call, const std::string& case_name);

// Its parts, in the order in which they stand in a script. Comments that tell the notes:
std::string NotesText(const ScriptedCall& call);
// "set target ..." and a "set header ..." for each header of the connection:
std::string SettingsText(const ScriptedCall& call);
// The case: its name, the step and `expectations`, a line each. `headers_of_step` are those of the connection
// that are not set: words, as ScriptedCall has them.
std::string CaseText(const ScriptedCall& call, const std::string& case_name,
                     std::span<const std::string> headers_of_step, std::span<const std::string> expectations);

}  // namespace rpcctl
