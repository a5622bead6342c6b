#include "call/call_engine.h"

#include <memory>
#include <utility>

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

class Engine final : public CallEvents {
 public:
  Engine(Transport& transport, const PreparedCall& call, RequestSource& requests, ResponseSink& responses)
      : transport_(transport), prepared_(call), requests_(requests), responses_(responses) {}

  CallOutcome Run(int interrupt);

  void OnHeaders(Metadata headers) override;
  void OnMessage(std::string_view message) override;
  void OnWritable() override;
  void OnEnd(CallEnd end) override;

 private:
  void SendNext();
  Result<RequestStep> TakeStep();
  void Send();
  void HalfClose();
  void StopWaiting();
  void Fail(Error error);
  void Conclude(RpcStatus status);
  void CheckCount();

  Transport& transport_;
  const PreparedCall& prepared_;
  RequestSource& requests_;
  ResponseSink& responses_;
  const TimePoint began_ = Now();
  std::unique_ptr<Call> call_;
  CallOutcome outcome_;
  std::string request_;
  std::string following_;                              // the request after it, where it was at hand already
  std::optional<Result<RequestStep>> following_step_;  // what following_ is; never kWaiting
  std::optional<RpcStatus> concluded_;                 // by this side, over what the transport will say
  int waited_for_ = -1;                                // the descriptor of `requests_` while it is watched
  bool half_closed_ = false;
  bool closing_ = false;  // what still comes is not wanted
  bool ended_ = false;
};

CallOutcome Engine::Run(int interrupt) {
  call_ = transport_.Open(prepared_.start, *this);
  outcome_.opening = Now() - began_;
  if (interrupt >= 0) {
    transport_.Watch(interrupt, [this, interrupt] {
      transport_.Unwatch(interrupt);  // once is enough
      call_->Cancel();
    });
  }
  while (!ended_) {
    if (transport_.Dispatch(TimePoint::min())) continue;
    if (Result<void> flushed = responses_.OnQuiet(); !flushed && !closing_) Fail(flushed.error());
    transport_.Dispatch(responses_.NextQuiet());
  }
  StopWaiting();
  if (interrupt >= 0) transport_.Unwatch(interrupt);
  call_.reset();
  if (Result<void> flushed = responses_.OnQuiet(); !flushed && !outcome_.error)
    outcome_.error = flushed.error();
  outcome_.total = Now() - began_;
  return std::move(outcome_);
}

void Engine::OnHeaders(Metadata headers) {
  outcome_.answered = Now() - began_;
  outcome_.headers = std::move(headers);
  responses_.OnHeaders(outcome_.headers);
}

void Engine::OnMessage(std::string_view message) {
  if (closing_) return;
  if (outcome_.received == 0) outcome_.first = Now() - began_;
  ++outcome_.received;
  outcome_.received_bytes += message.size();
  if (outcome_.received > 1 && !StreamsResponses(prepared_.kind)) {
    return Conclude(
        {kUnimplemented, "the server sent more than one response to a method that returns one", ""});
  }
  if (Result<void> taken = responses_.OnMessage(message); !taken) return Fail(taken.error());
  if (outcome_.received != prepared_.limit) return;
  outcome_.limit_reached = true;
  closing_ = true;
  call_->Cancel();
}

void Engine::OnWritable() {
  if (!closing_ && !half_closed_) SendNext();
}

// Moves requests on until one is on its way, none is left or none is there yet.
void Engine::SendNext() {
  Result<RequestStep> step = TakeStep();
  if (!step) return Fail(step.error());
  if (*step == RequestStep::kWaiting) {
    if (waited_for_ >= 0) return;
    waited_for_ = requests_.descriptor();
    transport_.Watch(waited_for_, [this] { SendNext(); });
    return;
  }
  StopWaiting();
  if (*step == RequestStep::kEnd) return HalfClose();
  Send();
}

Result<RequestStep> Engine::TakeStep() {
  if (!following_step_) return requests_.Next(request_);
  std::swap(request_, following_);
  return *std::exchange(following_step_, std::nullopt);
}

// Sends request_, and looks whether there is another: then the transport may send both at once, and with the
// last one leaves the half-close.
void Engine::Send() {
  ++outcome_.sent;
  if (!StreamsRequests(prepared_.kind)) {
    call_->Write(request_);
    return HalfClose();
  }
  following_step_ = requests_.Next(following_);
  const bool is_known = bool(*following_step_);
  const RequestStep step = is_known ? **following_step_ : RequestStep::kWaiting;
  // An error is told once everything before it was handed over.
  call_->Write(request_, step == RequestStep::kMessage ? Next::kMessage : Next::kUnknown);
  if (step == RequestStep::kEnd) HalfClose();
  if (is_known && step != RequestStep::kMessage) following_step_.reset();
}

void Engine::HalfClose() {
  half_closed_ = true;
  call_->HalfClose();
}

void Engine::StopWaiting() {
  if (waited_for_ >= 0) transport_.Unwatch(waited_for_);
  waited_for_ = -1;
}

void Engine::Fail(Error error) {
  outcome_.error = std::move(error);
  closing_ = true;
  StopWaiting();
  call_->Cancel();
}

void Engine::Conclude(RpcStatus status) {
  concluded_ = std::move(status);
  closing_ = true;
  call_->Cancel();
}

void Engine::CheckCount() {
  const bool missing = outcome_.status.ok() && outcome_.received == 0 && !StreamsResponses(prepared_.kind);
  if (missing)
    outcome_.status = {kUnimplemented, "the server ended the call with OK but sent no response", ""};
}

void Engine::OnEnd(CallEnd end) {
  ended_ = true;
  if (end.not_reached && !outcome_.error) outcome_.error = std::move(end.not_reached);
  outcome_.status = concluded_ ? std::move(*concluded_) : std::move(end.status);
  outcome_.trailers = std::move(end.trailers);
  if (!closing_ && !outcome_.error) CheckCount();
}

}  // namespace

CallOutcome RunCall(Transport& transport, const PreparedCall& call, RequestSource& requests,
                    ResponseSink& responses, int interrupt) {
  return Engine(transport, call, requests, responses).Run(interrupt);
}

}  // namespace rpcctl
