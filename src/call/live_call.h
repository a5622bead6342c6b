// A call whose messages are sent and awaited one at a time, by whoever holds it.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "call/call_outcome.h"
#include "call/prepared_call.h"
#include "transport/transport.h"

namespace rpcctl {

// The engine's counterpart for those who do not know beforehand what they will send. Everything happens
// inside its functions, on one thread. Destroying it cancels the call.
class LiveCall final : private CallEvents {
 public:
  enum class Step {
    kDone,
    kEnded,     // the call is over: outcome() tells how
    kTimeOver,  // it did not come to pass until then
  };

  // Opens the call. Borrows `transport` for life. When `interrupt` becomes readable (-1 for none) the call is
  // cancelled.
  LiveCall(Transport& transport, const PreparedCall& call, int interrupt);
  ~LiveCall() override;
  LiveCall(const LiveCall&) = delete;
  LiveCall& operator=(const LiveCall&) = delete;

  // Hands one message over, waiting no longer than `until` for those before it to be taken. Not after
  // HalfClose.
  Step Send(std::string_view message, TimePoint until);
  // Replaces `message` by the next that comes; those that came before the end of the call come before kEnded.
  Step Receive(std::string& message, TimePoint until);
  // Waits for the response headers, or for the end of a call without them.
  Step AwaitHeaders(TimePoint until);
  // Tells the server that no more messages follow; nothing after the first time.
  void HalfClose();
  // Gives the call up: it ends with CANCELLED, or with what came first.
  void Cancel();

  // How the call went so far; complete once it has ended. `received` counts what Receive gave out.
  const CallOutcome& outcome() const { return outcome_; }
  bool ended() const { return ended_; }

 private:
  void OnHeaders(Metadata headers) override;
  void OnMessage(std::string_view message) override;
  void OnWritable() override;
  void OnEnd(CallEnd end) override;

  // Turns the loop until `done` says so, the call ends or the time is over.
  template <typename Done>
  Step WaitFor(Done done, TimePoint until);
  void StopWatching();

  Transport& transport_;
  const MethodKind kind_;
  const int interrupt_;
  const TimePoint began_;
  bool watching_ = false;
  bool writable_ = false;
  bool half_closed_ = false;
  bool ended_ = false;
  uint64_t arrived_ = 0;
  std::deque<std::string> waiting_;  // came, and were not asked for yet
  uint64_t waiting_bytes_ = 0;
  std::optional<RpcStatus> concluded_;  // by this side, over what the transport will say
  CallOutcome outcome_;
  std::unique_ptr<Call> call_;  // last: it tells events to what stands above
};

}  // namespace rpcctl
