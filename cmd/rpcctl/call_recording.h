// --record: the call that was made, as a case of a script with the expectations that held.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "call/call_engine.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/flags.h"
#include "message/known_types.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

// Notes what a call sends and gets, and writes it down once it is over.
class CallRecording final : public RequestSource {
 public:
  // Hands on what `requests` has. Borrows everything for life. Nothing is noted without --record.
  CallRecording(RequestSource& requests, const CallPlan& plan, const Flags& flags,
                const google::protobuf::MethodDescriptor& method, KnownTypes known);

  Result<RequestStep> Next(std::string& message) override;
  int descriptor() const override { return requests_.descriptor(); }

  // One response; of many only the first is kept.
  void Note(std::string_view response);

  // Appends the case to the file, which is made, with its settings, where it is not there. Errors: kUsage for
  // what a script has no words for; kOutput.
  Result<void> Append(const CallOutcome& outcome) const;

 private:
  std::string Expectations(const CallOutcome& outcome) const;

  RequestSource& requests_;
  const CallPlan& plan_;
  const Flags& flags_;
  const google::protobuf::MethodDescriptor& method_;
  const KnownTypes known_;
  std::vector<std::string> sent_;
  uint64_t received_ = 0;
  std::string first_;
};

}  // namespace rpcctl
