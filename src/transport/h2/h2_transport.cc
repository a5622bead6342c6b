#include "transport/h2/h2_transport.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <vector>

#include "base/safe_text.h"
#include "transport/h2/agenda.h"
#include "transport/h2/h2_call.h"
#include "transport/h2/h2_connection.h"
#include "transport/h2/watches.h"
#include "transport/peer_probe.h"
#include "transport/reach.h"
#include "transport/speech.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// So many events in a row are told before the watched descriptors are looked at.
constexpr unsigned kEventsInARow = 64;
// So often bytes are taken in that make no event before Dispatch looks whether its time is over, though bytes
// are there: a large message comes in many pieces.
constexpr int kReadsInARow = 64;

constexpr const char* kOverdue = "the time for the call is over";

class Handle final : public Call {
 public:
  explicit Handle(std::shared_ptr<H2Call> call) : call_(std::move(call)) {}
  ~Handle() override { call_->Abandon(); }
  void Write(std::string_view message, Next next) override { call_->Write(message, next); }
  void HalfClose() override { call_->HalfClose(); }
  void Cancel() override { call_->Cancel(); }

 private:
  const std::shared_ptr<H2Call> call_;
};

class H2Transport final : public Transport {
 public:
  explicit H2Transport(TransportOptions options) : options_(std::move(options)) {}
  ~H2Transport() override;

  std::unique_ptr<Call> Open(CallStart start, CallEvents& events) override;
  void Watch(int descriptor, std::function<void()> ready) override;
  void Unwatch(int descriptor) override;
  bool Dispatch(TimePoint until) override;

 private:
  Result<H2Connection*> Connect(TimePoint deadline);
  H2Connection* Standing();
  Result<ByteChannel> Reach(TimePoint until);
  std::optional<Error> Explain(std::string_view first_bytes, TimePoint deadline) const;
  bool TellOne();
  bool TellWatches();
  bool Wait(TimePoint until, bool& received);
  void Flush();
  void CheckTimes();
  TimePoint NextTime() const;
  void DropDeadConnections();

  const TransportOptions options_;
  const std::shared_ptr<Agenda> agenda_ = std::make_shared<Agenda>();
  // The last one may take new calls; those before it end the calls they have.
  std::vector<std::unique_ptr<H2Connection>> connections_;
  Watches watches_;
  std::vector<pollfd> polled_;
  unsigned turn_ = 0;
  bool is_telling_ = false;
};

// What was cancelled last is still told to the server, as far as that goes without waiting.
H2Transport::~H2Transport() {
  Flush();
}

// ---- connections ----

Result<ByteChannel> H2Transport::Reach(TimePoint until) {
  Result<Reached> reached = rpcctl::Reach(options_, until);
  if (!reached) return reached.error();
  return reached->tls ? ByteChannel(std::move(reached->tls)) : ByteChannel(std::move(reached->socket));
}

// The connection that takes another call; null when there is none.
H2Connection* H2Transport::Standing() {
  if (connections_.empty()) return nullptr;
  H2Connection& last = *connections_.back();
  // A server that went away meanwhile is seen before the call is given to it. What brings something to tell
  // is read no further: a stream beside this call might never let up. And nothing is read while an event is
  // told, whose message lies where the bytes would go.
  const int most = is_telling_ ? 0 : kReadsInARow;
  for (int reads = 0; reads < most && last.TakesCalls() && !agenda_->FirstReady(); ++reads) {
    if (!last.Receive()) break;
  }
  return last.TakesCalls() ? &last : nullptr;
}

Result<H2Connection*> H2Transport::Connect(TimePoint deadline) {
  if (H2Connection* standing = Standing()) return standing;
  DropDeadConnections();
  H2ConnectionSettings settings;
  settings.target = options_.target;
  settings.keepalive = options_.keepalive;
  settings.first_word_due = After(Now(), options_.connect_timeout);
  settings.explain = [this, deadline](std::string_view first) { return Explain(first, deadline); };
  Result<ByteChannel> channel = Reach(std::min(deadline, settings.first_word_due));
  if (!channel) return channel.error();
  connections_.push_back(std::make_unique<H2Connection>(std::move(*channel), std::move(settings)));
  return connections_.back().get();
}

std::optional<Error> H2Transport::Explain(std::string_view first_bytes, TimePoint deadline) const {
  if (options_.tls && first_bytes.empty()) return std::nullopt;
  if (options_.tls) {
    return Error{ErrorKind::kConnect,
                 fmt::format("cannot connect to {}: the server {}, not gRPC",
                             SafeText(options_.target.Name()), DescribeSpeech(first_bytes)),
                 "is this the port of a gRPC server?"};
  }
  if (std::optional<Error> told = ExplainPeer(options_, first_bytes, deadline)) return told;
  if (!first_bytes.empty()) return std::nullopt;
  return ClosedWithoutAWord(options_.target);
}

void H2Transport::DropDeadConnections() {
  std::erase_if(connections_, [](const auto& connection) { return connection->IsOver(); });
}

// ---- calls ----

std::unique_ptr<Call> H2Transport::Open(CallStart start, CallEvents& events) {
  auto call = std::make_shared<H2Call>(std::move(start), events, agenda_);
  const TimePoint deadline = call->start().deadline;
  if (deadline <= Now()) {
    call->EndHere({std::nullopt, {kDeadlineExceeded, kOverdue, ""}, {}});
    return std::make_unique<Handle>(std::move(call));
  }
  Result<H2Connection*> connection = Connect(deadline);
  const TimePoint now = Now();
  if (connection) {
    const Duration left = deadline == TimePoint::max() ? Duration::max() : deadline - now;
    call->Begin();
    (*connection)->Start(call, RequestFields(call->start(), options_, left));
  } else if (now >= deadline) {
    call->EndHere({std::nullopt, {kDeadlineExceeded, connection.error().message, ""}, {}});
  } else {
    call->EndHere({connection.error(), {}, {}});
  }
  return std::make_unique<Handle>(std::move(call));
}

void H2Transport::Watch(int descriptor, std::function<void()> ready) {
  watches_.Add(descriptor, std::move(ready));
}

void H2Transport::Unwatch(int descriptor) {
  watches_.Remove(descriptor);
}

// ---- the loop ----

bool H2Transport::TellOne() {
  const std::shared_ptr<H2Call> call = agenda_->FirstReady();
  if (!call) return false;
  agenda_->PopReady();
  is_telling_ = true;
  const bool told = call->Deliver();
  is_telling_ = false;
  return told;
}

bool H2Transport::TellWatches() {
  if (watches_.IsEmpty()) return false;
  polled_.clear();
  watches_.AppendTo(polled_);
  return WaitForAny(polled_, TimePoint::min()) && watches_.Tell(polled_);
}

void H2Transport::Flush() {
  for (const auto& connection : connections_) connection->Flush();
}

TimePoint H2Transport::NextTime() const {
  TimePoint next = agenda_->NextDeadline();
  for (const auto& connection : connections_) next = std::min(next, connection->Due());
  return next;
}

void H2Transport::CheckTimes() {
  const TimePoint now = Now();
  if (NextTime() > now) return;
  for (const auto& connection : connections_) connection->Check(now);
  while (H2Call* overdue = agenda_->FirstOverdue(now)) {
    overdue->EndHere({std::nullopt, {kDeadlineExceeded, kOverdue, ""}, {}});
  }
}

// Waits for a descriptor; whether a watched one was told. `received`: whether bytes came in.
bool H2Transport::Wait(TimePoint until, bool& received) {
  polled_.clear();
  for (const auto& connection : connections_) polled_.push_back(connection->Polled());
  watches_.AppendTo(polled_);
  const bool ready = WaitForAny(polled_, std::min(until, NextTime()));
  received = false;
  if (!ready) return false;
  const size_t count = connections_.size();
  for (size_t i = 0; i < count; ++i) {
    if (polled_[i].revents != 0 && connections_[i]->Receive()) received = true;
  }
  return watches_.Tell(std::span(polled_).subspan(count));
}

bool H2Transport::Dispatch(TimePoint until) {
  if (++turn_ % kEventsInARow == 0) {
    CheckTimes();
    if (TellWatches()) return true;
  }
  for (int reads = 0;;) {
    if (TellOne()) return true;
    Flush();
    if (TellOne()) return true;
    CheckTimes();
    DropDeadConnections();
    if (agenda_->FirstReady()) continue;
    bool received = false;
    if (Wait(until, received)) return true;
    if (received && ++reads < kReadsInARow) continue;
    if (TellOne()) return true;
    reads = 0;
    if (until <= Now()) return false;
  }
}

}  // namespace

std::unique_ptr<Transport> MakeH2Transport(TransportOptions options) {
  return std::make_unique<H2Transport>(std::move(options));
}

std::string Nghttp2Version() {
  return nghttp2_version(0)->version_str;
}

}  // namespace rpcctl
