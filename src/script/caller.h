// What a script makes its calls by: handed in by whoever knows the command line and the network.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "call/call_engine.h"
#include "call/live_call.h"
#include "message/request_words.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

// What the words behind "call" say, taken apart and not yet looked at.
struct CallWords {
  std::string method;
  RequestPlan request;
  std::vector<std::string> headers;  // "name: value", as typed
  std::optional<Duration> timeout;
  bool allow_unknown = false;
  // What the options say of the call itself: limits, compression. Nothing else is set.
  PreparedCall options = {};
};

// A call and what it sends.
struct ScriptCall {
  PreparedCall call;
  std::unique_ptr<RequestSource> requests;
};

// One for each script, on one thread: its calls share a connection.
class Caller {
 public:
  virtual ~Caller() = default;
  // Takes `words` apart as the command line of "call" is: what a step says is what the same words say in a
  // shell. Errors are those of the command line; kUsage for options that no step has.
  virtual Result<CallWords> Read(std::span<const std::string> words) = 0;
  // Builds the requests and checks everything that can be known before the call. `headers` are added to those
  // of the words. Borrows `method`.
  virtual Result<ScriptCall> Prepare(const CallWords& words, std::span<const std::string> headers,
                                     const google::protobuf::MethodDescriptor& method,
                                     TimePoint deadline) = 0;
  virtual CallOutcome Run(ScriptCall& call, ResponseSink& responses) = 0;
  virtual std::unique_ptr<LiveCall> Open(const PreparedCall& call) = 0;
  // The command line that makes a call again, from the words of its step and the headers of its file.
  virtual std::string CommandLine(std::span<const std::string> words,
                                  std::span<const std::string> headers) = 0;
};

}  // namespace rpcctl
