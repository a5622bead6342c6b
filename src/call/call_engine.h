// Runs one call of any kind from its first byte to its outcome.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "call/call_outcome.h"
#include "call/prepared_call.h"
#include "transport/transport.h"

namespace rpcctl {

enum class RequestStep {
  kMessage,  // one more message
  kEnd,      // no more
  kWaiting,  // none yet: ask again when descriptor() can be read
};

// Where request messages come from, one after another.
class RequestSource {
 public:
  virtual ~RequestSource() = default;
  // Replaces `message` with the wire bytes of the next one. Never blocks. An error ends the call by
  // cancelling it.
  virtual Result<RequestStep> Next(std::string& message) = 0;
  // What to wait for after kWaiting.
  virtual int descriptor() const = 0;
};

// Where responses go, as they come.
class ResponseSink {
 public:
  virtual ~ResponseSink() = default;
  virtual void OnHeaders(const Metadata& headers) = 0;
  // One response message, borrowed for the call. An error cancels the call.
  virtual Result<void> OnMessage(std::string_view message) = 0;
  // No further message is waiting: the moment to flush.
  virtual Result<void> OnQuiet() = 0;
  // When OnQuiet is to be called again though nothing came; TimePoint::max() for no such time.
  virtual TimePoint NextQuiet() const { return TimePoint::max(); }
};

// Makes the call and returns when it has ended. A method that takes one request gets exactly one (the
// caller's `requests` must give it); the number of responses is checked against the kind: a wrong one is
// UNIMPLEMENTED, as grpc's doc/statuscodes.md has it. When `interrupt` becomes readable (-1 for none) the
// call is cancelled.
CallOutcome RunCall(Transport& transport, const PreparedCall& call, RequestSource& requests,
                    ResponseSink& responses, int interrupt);

}  // namespace rpcctl
