// A transport that a test plays by hand: it records what is asked of it and delivers the events the test has
// lined up.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "transport/transport.h"

namespace rpcctl::testing {

class FakeTransport final : public Transport {
 public:
  // What one turn of the loop does to the open call.
  using Turn = std::function<void(CallEvents&)>;

  // Lines up the next event. Once all are used, a call that was cancelled ends with CANCELLED.
  FakeTransport& Then(Turn turn) {
    turns_.push_back(std::move(turn));
    return *this;
  }
  FakeTransport& Writable() {
    return Then([](CallEvents& events) { events.OnWritable(); });
  }
  FakeTransport& Message(std::string bytes) {
    return Then([bytes](CallEvents& events) { events.OnMessage(bytes); });
  }
  FakeTransport& End(RpcStatus status) {
    return Then([status](CallEvents& events) { events.OnEnd({std::nullopt, status, {{"t", "v"}}}); });
  }
  // Nothing comes until the time is over that somebody waits for.
  FakeTransport& Silence() { return Then(nullptr); }
  // A descriptor that is watched becomes readable.
  FakeTransport& Readable(int descriptor) {
    return Then([this, descriptor](CallEvents&) {
      const std::function<void()> ready = watched_.at(descriptor);  // it may unwatch itself
      ready();
    });
  }

  std::unique_ptr<Call> Open(CallStart start, CallEvents& events) override;
  void Watch(int descriptor, std::function<void()> ready) override {
    watched_[descriptor] = std::move(ready);
  }
  void Unwatch(int descriptor) override { watched_.erase(descriptor); }
  bool Dispatch(TimePoint until) override;

  // What was asked, in order: "write a", "half-close", "cancel".
  const std::vector<std::string>& log() const { return log_; }
  const std::string& path() const { return path_; }
  bool IsWatching(int descriptor) const { return watched_.contains(descriptor); }
  // Until when the last event was waited for.
  TimePoint last_wait() const { return last_wait_; }

 private:
  class Handle;

  CallEvents* events_ = nullptr;
  std::deque<Turn> turns_;
  std::map<int, std::function<void()>> watched_;
  std::vector<std::string> log_;
  std::string path_;
  bool cancelled_ = false;
  TimePoint last_wait_;
};

class FakeTransport::Handle final : public Call {
 public:
  explicit Handle(FakeTransport& owner) : owner_(owner) {}
  ~Handle() override { owner_.events_ = nullptr; }
  void Write(std::string_view message, Next next) override {
    owner_.log_.push_back("write " + std::string(message) + (next == Next::kMessage ? ", more follows" : ""));
  }
  void HalfClose() override { owner_.log_.emplace_back("half-close"); }
  void Cancel() override {
    owner_.log_.emplace_back("cancel");
    owner_.cancelled_ = true;
  }

 private:
  FakeTransport& owner_;
};

inline std::unique_ptr<Call> FakeTransport::Open(CallStart start, CallEvents& events) {
  path_ = start.path;
  events_ = &events;
  return std::make_unique<Handle>(*this);
}

inline bool FakeTransport::Dispatch(TimePoint until) {
  // A turn with TimePoint::min() asks whether something is waiting: here events come only to those who wait.
  if (until == TimePoint::min() || events_ == nullptr) return false;
  last_wait_ = until;
  if (cancelled_) {
    events_->OnEnd({std::nullopt, {kCancelled, "cancelled", ""}, {}});
    return true;
  }
  if (turns_.empty()) throw std::logic_error("the call waits for an event that the test did not line up");
  if (turns_.front() == nullptr) {
    const auto now = [] { return std::chrono::steady_clock::now(); };
    if (After(now(), std::chrono::minutes(1)) < until)
      throw std::logic_error("a silence that takes too long");
    while (now() < until) {
    }
    turns_.pop_front();
    return false;
  }
  const Turn turn = std::move(turns_.front());
  turns_.pop_front();
  turn(*events_);
  return true;
}

}  // namespace rpcctl::testing
