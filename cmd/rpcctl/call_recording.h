// Keeps a call as a case of a test script (--record).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/call_engine.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/script_commands.h"
#include "cmd/rpcctl/surroundings.h"

namespace rpcctl {

struct ScriptedCall;

// Notes what is sent and what comes while a call is made, and adds it to a script when it is over. Memory is
// bounded: of a request stream of more than 1000 messages or 1 MiB nothing is recorded, and that is an error
// in the end; of responses the first is kept.
class CallRecording final : public CallRecorder {
 public:
  // What is wrong with the file is told before the call: errors are RecordFile's; kUsage for a script that is
  // for another target. Borrows all but the file's name for life.
  static Result<std::unique_ptr<CallRecorder>> Begin(const std::string& path, const CallPlan& plan,
                                                     const Flags& flags, const Surroundings& around);

  // For Begin, which makes sure of the file.
  CallRecording(std::string file, const CallPlan& plan, const Flags& flags, const Surroundings& around)
      : file_(std::move(file)), plan_(plan), flags_(flags), around_(around) {}

  void NoteRequest(std::string_view message) override;
  void NoteResponse(std::string_view message) override;

  // Adds the case: the status, with the message and the details of an error; of a method that answers once
  // the fields of the response; of others how many responses came. Only what holds of this very call, by the
  // same code that runs scripts, and only what shows no secret of it. `outcome` has a status. Errors:
  // kOutput, and as Begin has them, for what became of the file meanwhile.
  Result<void> Finish(const CallOutcome& outcome, Client& client,
                      const google::protobuf::MethodDescriptor& method) override;

 private:
  Result<void> Add(const ScriptedCall& call, const std::string& method,
                   const std::vector<std::string>& lines);

  const std::string file_;
  const CallPlan& plan_;
  const Flags& flags_;
  const Surroundings& around_;
  std::vector<std::string> requests_;
  size_t request_bytes_ = 0;
  bool too_long_ = false;
  std::optional<std::string> response_;  // the first
};

}  // namespace rpcctl
