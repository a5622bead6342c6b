#include "call/live_call.h"

#include <utility>

namespace rpcctl {
namespace {

// What a server may send while nobody asks for it: only Send takes in messages that nobody waits for.
constexpr uint64_t kMostWaitingBytes = 64 << 20;

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

LiveCall::LiveCall(Transport& transport, const PreparedCall& call, int interrupt)
    : transport_(transport), kind_(call.kind), interrupt_(interrupt), began_(Now()) {
  call_ = transport_.Open(call.start, *this);
  outcome_.opening = Now() - began_;
  if (interrupt_ < 0) return;
  watching_ = true;
  transport_.Watch(interrupt_, [this] {
    StopWatching();
    call_->Cancel();
  });
}

LiveCall::~LiveCall() {
  StopWatching();
}

void LiveCall::StopWatching() {
  if (watching_) transport_.Unwatch(interrupt_);
  watching_ = false;
}

template <typename Done>
LiveCall::Step LiveCall::WaitFor(Done done, TimePoint until) {
  for (;;) {
    if (done()) return Step::kDone;
    if (ended_) return Step::kEnded;
    if (transport_.Dispatch(until)) continue;
    // What had come before the time was over counts.
    if (Now() >= until && !transport_.Dispatch(TimePoint::min())) {
      return done() ? Step::kDone : Step::kTimeOver;
    }
  }
}

LiveCall::Step LiveCall::Send(std::string_view message, TimePoint until) {
  const Step step = WaitFor([this] { return writable_ && !ended_; }, until);
  if (step != Step::kDone) return step;
  writable_ = false;
  ++outcome_.sent;
  call_->Write(message);
  return Step::kDone;
}

LiveCall::Step LiveCall::Receive(std::string& message, TimePoint until) {
  const Step step = WaitFor([this] { return !waiting_.empty(); }, until);
  if (step != Step::kDone) return step;
  message = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= message.size();
  ++outcome_.received;
  return Step::kDone;
}

LiveCall::Step LiveCall::AwaitHeaders(TimePoint until) {
  return WaitFor([this] { return outcome_.answered.has_value(); }, until);
}

void LiveCall::HalfClose() {
  if (half_closed_ || ended_) return;
  half_closed_ = true;
  call_->HalfClose();
}

void LiveCall::Cancel() {
  if (!ended_) call_->Cancel();
}

void LiveCall::OnHeaders(Metadata headers) {
  outcome_.answered = Now() - began_;
  outcome_.headers = std::move(headers);
}

void LiveCall::OnMessage(std::string_view message) {
  if (concluded_) return;
  if (arrived_ == 0) outcome_.first = Now() - began_;
  ++arrived_;
  outcome_.received_bytes += message.size();
  waiting_bytes_ += message.size();
  if (arrived_ > 1 && !StreamsResponses(kind_)) {
    concluded_ = {kUnimplemented, "the server sent more than one response to a method that returns one", ""};
  } else if (waiting_bytes_ > kMostWaitingBytes) {
    concluded_ = {kResourceExhausted, "the server sent more than 64 MiB that nobody asked for", ""};
  }
  if (concluded_) return call_->Cancel();
  waiting_.emplace_back(message);
}

void LiveCall::OnWritable() {
  writable_ = true;
}

void LiveCall::OnEnd(CallEnd end) {
  ended_ = true;
  StopWatching();
  if (end.not_reached) outcome_.error = std::move(end.not_reached);
  outcome_.status = concluded_ ? std::move(*concluded_) : std::move(end.status);
  outcome_.trailers = std::move(end.trailers);
  outcome_.total = Now() - began_;
  const bool missing = !outcome_.error && outcome_.status.ok() && arrived_ == 0 && !StreamsResponses(kind_);
  if (missing)
    outcome_.status = {kUnimplemented, "the server ended the call with OK but sent no response", ""};
}

}  // namespace rpcctl
