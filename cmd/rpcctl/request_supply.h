// Request messages on their way from the command line, files or standard input to the call.
#pragma once

#include <deque>
#include <string>

#include "call/call_engine.h"
#include "message/request_stream.h"

namespace rpcctl {

// A RequestSource over a RequestStream. Whatever can be known to be wrong before the call is found by
// Prepare; what comes from standard input to a method that streams requests is read while the call goes on.
class RequestSupply final : public RequestSource {
 public:
  // `method` is how errors call the method. With `live` the stream reads standard input.
  RequestSupply(RequestStream stream, bool live, MethodKind kind, std::string method);

  // Reads the one message of a method that takes one, waiting for standard input until `deadline`; or the
  // beginning of a stream, as far as it needs no waiting. Errors: kInput; kStatus (DEADLINE_EXCEEDED) when
  // the time is over.
  Result<void> Prepare(TimePoint deadline);

  Result<RequestStep> Next(std::string& message) override;
  // As Next, but waits for standard input until `deadline` instead of answering kWaiting.
  Result<RequestStep> NextWaiting(std::string& message, TimePoint deadline);
  int descriptor() const override { return stream_.descriptor(); }

 private:
  Result<void> ReadOne(TimePoint deadline);
  Result<void> ReadAhead();

  RequestStream stream_;
  const bool live_;
  const MethodKind kind_;
  const std::string method_;
  std::deque<std::string> ready_;
  bool ended_ = false;
};

}  // namespace rpcctl
