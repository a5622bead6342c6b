#include "transport/grpc/grpc_transport.h"

#include <fcntl.h>
#include <grpcpp/channel.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "transport/grpc/grpc_call.h"
#include "transport/grpc/queue_thread.h"
#include "transport/grpc/silence.h"
#include "transport/grpc/timespec.h"
#include "transport/grpc/watcher.h"
#include "transport/peer_probe.h"
#include "transport/peer_state.h"
#include "transport/reach.h"
#include "transport/tls_relay.h"

namespace rpcctl {
namespace {

// A server answers with rich error details in one header block; the core's own limit of 8 KiB would break
// such calls.
constexpr int kMaxHeaderBytes = 1 << 20;

constexpr Duration kLongestKeepaliveGrace = std::chrono::seconds(10);

constexpr unsigned kStepsInARow = 64;

int Milliseconds(Duration duration) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(duration).count();
  return static_cast<int>(std::min<int64_t>(count, std::numeric_limits<int>::max()));
}

// No more than two pings go out without data (the core's default), because servers close a connection on
// which more come.
void SetKeepalive(grpc::ChannelArguments& arguments, Duration keepalive) {
  // The largest number is the core's "never".
  const bool never = keepalive == Duration::max();
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   never ? std::numeric_limits<int>::max() : Milliseconds(keepalive));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                   Milliseconds(std::min<Duration>(keepalive / 2, kLongestKeepaliveGrace)));
}

// Everything about the core that is not left at its default stands here.
grpc::ChannelArguments ChannelArguments(const TransportOptions& options) {
  grpc::ChannelArguments arguments;
  const uint64_t limit = std::min<uint64_t>(options.receive_limit, std::numeric_limits<int>::max());
  arguments.SetInt(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, static_cast<int>(limit));
  arguments.SetInt(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, -1);
  // A response is inflated by us, within a bound: the core would check the limit too late.
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  // A call is made once. With retries on, the core aborts when a status is missing, too.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxHeaderBytes);
  // Windows of 64 KiB are enough where nothing travels. The core would let them grow to what a fast server
  // can fill, which takes more than a hundred megabytes and a quarter more time.
  if (options.target.is_local) arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  SetKeepalive(arguments, options.keepalive);
  arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY,
                      options.authority.empty() ? options.target.Authority() : options.authority);
  // The core does not know that TLS is spoken behind its descriptor.
  if (options.tls) arguments.SetString(GRPC_ARG_HTTP2_SCHEME, "https");
  arguments.SetUserAgentPrefix(options.user_agent);
  return arguments;
}

class Handle final : public Call {
 public:
  explicit Handle(std::shared_ptr<GrpcCall> call) : call_(std::move(call)) {}
  ~Handle() override { call_->Abandon(); }
  void Write(std::string_view message, Next next) override { call_->Write(message, next); }
  void HalfClose() override { call_->HalfClose(); }
  void Cancel() override { call_->Cancel(); }

 private:
  std::shared_ptr<GrpcCall> call_;
};

class GrpcTransport final : public Transport {
 public:
  explicit GrpcTransport(TransportOptions options) : options_(std::move(options)) {}
  ~GrpcTransport() override;

  std::unique_ptr<Call> Open(CallStart start, CallEvents& events) override;
  void Watch(int descriptor, std::function<void()> ready) override;
  void Unwatch(int descriptor) override;
  bool Dispatch(TimePoint until) override;

 private:
  // What exists only once gRPC was touched. The order matters: the watcher ends before the queue.
  struct Core {
    grpc::CompletionQueue queue;
    std::unique_ptr<QueueThread> thread;  // null until a stream is busy; from then on it turns the queue
    Watcher watcher{queue};
  };

  Core& TouchCore();
  Result<void> Connect(TimePoint deadline);
  Result<Socket> Relay(std::unique_ptr<TlsConnection> connection);
  std::optional<Error> WhyNotReached(TimePoint deadline);
  bool HasHeardNothingYet() const;
  void StartCall(GrpcCall& call, TimePoint deadline);
  bool StepCalls();
  void FlushCalls();
  std::optional<QueueThread::Event> NextEvent(TimePoint until);
  void HandleEvent(const QueueThread::Event& event);
  void Help(GrpcCall& call);
  void ForgetDoneCalls();
  bool Await(TimePoint until);
  void GiveUpSilentPeer();

  const TransportOptions options_;
  std::unique_ptr<Core> core_;
  std::unique_ptr<TlsRelay> relay_;          // null for plaintext, and while there is no connection
  std::unique_ptr<grpc::GenericStub> stub_;  // null while there is no connection
  Socket peer_;             // a second descriptor of the connection, to ask the kernel about it
  size_t proxy_bytes_ = 0;  // that the connection received before anything of the server's
  TimePoint first_word_due_ = TimePoint::max();  // when a peer that never said anything is given up
  std::vector<std::shared_ptr<GrpcCall>> calls_;
  const GrpcCall* helped_ = nullptr;  // the one that the core's thread works for
  unsigned turn_ = 0;
};

GrpcTransport::~GrpcTransport() {
  for (const auto& call : calls_) call->Abandon();
  if (!core_) return;
  core_->watcher.Stop();
  // A call that was cancelled still fetches its status, which a queue that is shut down would not take.
  for (ForgetDoneCalls(); !calls_.empty(); ForgetDoneCalls()) Await(TimePoint::max());
  core_->queue.Shutdown();
  while (std::optional<QueueThread::Event> event = NextEvent(TimePoint::max())) {
    core_->watcher.Handle(event->tag);
  }
}

GrpcTransport::Core& GrpcTransport::TouchCore() {
  if (!core_) {
    SilenceGrpc();
    core_ = std::make_unique<Core>();
  }
  return *core_;
}

Result<void> GrpcTransport::Connect(TimePoint deadline) {
  if (stub_ && !IsClosedByPeer(peer_.descriptor())) return {};
  stub_.reset();
  relay_.reset();
  const TimePoint timeout = After(std::chrono::steady_clock::now(), options_.connect_timeout);
  const TimePoint until = std::min(deadline, timeout);
  Result<Reached> reached = Reach(options_, until);
  if (!reached) return reached.error();
  peer_ = Socket(fcntl(reached->descriptor(), F_DUPFD_CLOEXEC, 3));
  proxy_bytes_ = reached->proxy_bytes;
  Result<Socket> socket = reached->tls ? Relay(std::move(reached->tls)) : std::move(reached->socket);
  if (!socket) return socket.error();
  TouchCore();
  first_word_due_ = timeout;
  // The channel owns the socket from here on.
  stub_ = std::make_unique<grpc::GenericStub>(grpc::CreateCustomInsecureChannelFromFd(
      options_.target.Name(), socket->Release(), ChannelArguments(options_)));
  return {};
}

// What it returns speaks plaintext.
Result<Socket> GrpcTransport::Relay(std::unique_ptr<TlsConnection> connection) {
  Result<std::unique_ptr<TlsRelay>> relay = TlsRelay::Start(std::move(connection));
  if (!relay) return relay.error();
  relay_ = std::move(*relay);
  return relay_->TakePlainEnd();
}

// What kept a call that failed without an answer from reaching the server, where that can be found out.
std::optional<Error> GrpcTransport::WhyNotReached(TimePoint deadline) {
  if (relay_) return relay_->Refusal();
  if (!IsClosedByPeer(peer_.descriptor())) return std::nullopt;
  if (std::optional<Error> told = ExplainPeer(options_, deadline)) return told;
  if (!HasEndedWithoutAWord(peer_.descriptor(), proxy_bytes_)) return std::nullopt;
  return ClosedWithoutAWord(options_.target);
}

bool GrpcTransport::HasHeardNothingYet() const {
  return relay_ ? relay_->HasHeardNothing() : HasHeardNothing(peer_.descriptor(), proxy_bytes_);
}

void GrpcTransport::StartCall(GrpcCall& call, TimePoint deadline) {
  if (Result<void> connected = Connect(deadline); connected) {
    call.Start(*stub_, TouchCore().queue, [this, deadline] { return WhyNotReached(deadline); });
  } else if (std::chrono::steady_clock::now() >= deadline) {
    call.EndHere({std::nullopt, {kDeadlineExceeded, connected.error().message, ""}, {}});
  } else {
    call.EndHere({connected.error(), {}, {}});
  }
}

std::unique_ptr<Call> GrpcTransport::Open(CallStart start, CallEvents& events) {
  const TimePoint deadline = start.deadline;
  auto call = std::make_shared<GrpcCall>(std::move(start), options_.receive_limit, events);
  StartCall(*call, deadline);
  calls_.push_back(call);
  return std::make_unique<Handle>(std::move(call));
}

void GrpcTransport::Watch(int descriptor, std::function<void()> ready) {
  TouchCore().watcher.Watch(descriptor, std::move(ready));
}

void GrpcTransport::Unwatch(int descriptor) {
  if (core_) core_->watcher.Unwatch(descriptor);
}

bool GrpcTransport::StepCalls() {
  // A step may open further calls or end this one: the list is not held while it runs.
  for (size_t i = 0; i < calls_.size(); ++i) {
    const std::shared_ptr<GrpcCall> call = calls_[i];
    if (call->Step()) return true;
  }
  return false;
}

void GrpcTransport::FlushCalls() {
  for (const auto& call : calls_) call->Flush();
}

std::optional<QueueThread::Event> GrpcTransport::NextEvent(TimePoint until) {
  if (core_->thread) return core_->thread->Next(until);
  QueueThread::Event event;
  const auto status = core_->queue.AsyncNext(&event.tag, &event.ok, ToTimespec(until));
  if (status != grpc::CompletionQueue::GOT_EVENT) return std::nullopt;
  return event;
}

void GrpcTransport::HandleEvent(const QueueThread::Event& event) {
  const bool is_done = event.kind == QueueThread::Kind::kDone;
  if (is_done && core_->watcher.Handle(event.tag)) return;
  const auto& operation = *static_cast<const GrpcCall::Operation*>(event.tag);
  GrpcCall& call = *operation.call;
  if (event.kind == QueueThread::Kind::kMessage) return call.HandleMessage(event.message);
  if (event.kind == QueueThread::Kind::kRoom) return call.HandleRoom();
  call.Handle(operation, event.ok);
  if (helped_ == nullptr && call.IsBusy()) Help(call);
}

void GrpcTransport::Help(GrpcCall& call) {
  if (!core_->thread) core_->thread = std::make_unique<QueueThread>(core_->queue);
  call.WorkWith(*core_->thread);
  helped_ = &call;
}

void GrpcTransport::ForgetDoneCalls() {
  const auto lost = [](const auto& call) { return call->LostConnection(); };
  if (std::any_of(calls_.begin(), calls_.end(), lost)) stub_.reset();
  const auto is_done = [](const auto& call) { return call->IsDone(); };
  if (helped_ != nullptr && helped_->IsDone()) {
    core_->thread->outbox().Detach();
    helped_ = nullptr;
  }
  std::erase_if(calls_, is_done);
}

void GrpcTransport::GiveUpSilentPeer() {
  first_word_due_ = TimePoint::max();
  if (!HasHeardNothingYet()) return;
  const Error error = SaidNothing(options_.target);
  for (const auto& call : calls_) call->EndHere({error, {}, {}});
  stub_.reset();
  peer_ = Socket();
}

bool GrpcTransport::Await(TimePoint until) {
  if (!core_) return false;
  const std::optional<QueueThread::Event> event = NextEvent(until);
  if (event) HandleEvent(*event);
  return event.has_value();
}

bool GrpcTransport::Dispatch(TimePoint until) {
  for (;;) {
    // What can be written at once must not keep what came from being told.
    const bool is_turn_of_events = ++turn_ % kStepsInARow == 0;
    if (is_turn_of_events && Await(TimePoint::min())) {
      ForgetDoneCalls();
      return true;
    }
    if (StepCalls()) return true;
    FlushCalls();
    const bool delivered = Await(std::min(until, first_word_due_));
    ForgetDoneCalls();
    const bool is_silence_over = delivered || first_word_due_ == TimePoint::max() || until <= first_word_due_;
    if (is_silence_over) return delivered;
    GiveUpSilentPeer();
  }
}

}  // namespace

std::unique_ptr<Transport> MakeGrpcTransport(TransportOptions options) {
  return std::make_unique<GrpcTransport>(std::move(options));
}

std::string GrpcVersion() {
  return grpc::Version();
}

}  // namespace rpcctl
