// What a script makes its calls by: handed in by whoever knows the command line and the network.
#pragma once

#include <functional>
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

// A call that was made, with what it was made of.
struct MadeCall {
  const google::protobuf::MethodDescriptor& method;
  CallWords words;  // filled in
  // What was typed behind the method, where that is what was sent; otherwise the call is told by `messages`.
  std::optional<std::vector<std::string>> typed = {};
  std::vector<std::string> messages = {};  // wire bytes, all of them
  std::vector<std::string> headers = {};   // of the file, filled in
  std::optional<Duration> timeout = {};    // of calls that name none, where somebody set one
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
  // The command line that makes the call again, safe to show; empty where there is none. Its words are handed
  // to `hide` one by one, before they are quoted.
  virtual std::string CommandLine(const MadeCall& call, const std::function<void(std::string&)>& hide) = 0;
};

}  // namespace rpcctl
