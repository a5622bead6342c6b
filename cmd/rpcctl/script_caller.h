// Makes the calls of one script over its own connection.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/flags.h"
#include "script/caller.h"
#include "script/secret_mask.h"

namespace rpcctl {

// What the calls of a script are made with; borrowed for life but for the plan.
struct ScriptConnection {
  ConnectionPlan plan;           // its metadata is that of the command line alone
  const ConnectionFlags& flags;  // as typed, for the command line that repeats a call
  Client& client;
  KnownTypes known;
  int interrupt = -1;  // when it becomes readable, calls are cancelled
  // A header that holds one of these secrets is one itself; null for none.
  const SecretMask* mask = nullptr;
};

class ScriptCaller final : public Caller {
 public:
  explicit ScriptCaller(ScriptConnection connection) : connection_(std::move(connection)) {}

  Result<CallWords> Read(std::span<const std::string> words) override;
  Result<ScriptCall> Prepare(const CallWords& words, std::span<const std::string> headers,
                             const google::protobuf::MethodDescriptor& method, TimePoint deadline) override;
  CallOutcome Run(ScriptCall& call, ResponseSink& responses) override;
  std::unique_ptr<LiveCall> Open(const PreparedCall& call) override;
  std::string CommandLine(const MadeCall& call, const std::function<void(std::string&)>& hide) override;

 private:
  std::optional<std::vector<std::string>> RequestWords(const MadeCall& call) const;
  Result<void> AddHeaders(std::span<const std::string> headers, Metadata& metadata) const;

  const ScriptConnection connection_;
};

}  // namespace rpcctl
