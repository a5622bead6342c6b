// What rpcctl does with test scripts, for those who have to do without being linked with it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

struct CallOutcome;
struct CallPlan;
struct Client;
struct Ending;
struct Flags;
struct Surroundings;

// Notes what is sent and what comes while a call is made, and keeps the call when it is over.
class CallRecorder {
 public:
  virtual ~CallRecorder() = default;
  virtual void NoteRequest(std::string_view message) = 0;
  virtual void NoteResponse(std::string_view message) = 0;
  // Once, at the end: `outcome` has a status. Errors: kOutput, and what the recorder could not keep.
  virtual Result<void> Finish(const CallOutcome& outcome, Client& client,
                              const google::protobuf::MethodDescriptor& method) = 0;
};

struct ScriptCommands {
  // rpcctl test.
  Result<Ending> (*run_test)(const Flags& flags, Surroundings& around, TimePoint began) = nullptr;
  // --record: see CallRecording::Begin.
  Result<std::unique_ptr<CallRecorder>> (*begin_recording)(const std::string& path, const CallPlan& plan,
                                                           const Flags& flags,
                                                           const Surroundings& around) = nullptr;
};

}  // namespace rpcctl
