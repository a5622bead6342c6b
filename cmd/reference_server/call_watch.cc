#include "reference_server/call_watch.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include "reference_server/call_log.h"
#include "reference_server/cancellation.h"

namespace rpcctl::reference {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kEchoed = "x-";
constexpr int kExitOfADyingServer = 9;
// A client on the official library drops the messages it has not handed over when the connection breaks: what
// was sent gets this long to be read.
constexpr std::chrono::milliseconds kLastWords{50};
// How long after the end of the requests a cancellation may show that was the reason for it.
constexpr std::chrono::milliseconds kCancellationLag{2};

// The faults of one method: health has none, reflection its own delay.
Faults FaultsOf(std::string_view method, const Faults& faults) {
  if (method.starts_with("/grpc.reflection.")) return {.delay = faults.reflection_delay};
  if (method.starts_with("/grpc.")) return {};
  return faults;
}

class CallWatch final : public grpc::experimental::Interceptor {
 public:
  CallWatch(ServerRpcInfo& call, const Faults& faults, const CallLog* log)
      : call_(call), faults_(FaultsOf(call.method(), faults)), log_(log) {}

  void Intercept(InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA))
      BeforeHeaders(*batch->GetSendInitialMetadata());
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_MESSAGE)) BeforeMessage();
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) BeforeStatus(*batch);
    batch->Proceed();
  }

 private:
  using Metadata = std::multimap<std::string, std::string>;

  void BeforeHeaders(Metadata& headers) {
    CancelledWithin(*call_.server_context(), faults_.delay);
    for (const auto& [name, value] : call_.server_context()->client_metadata())
      if (name.starts_with(kEchoed.data())) headers.emplace(Text(name), Text(value));
  }

  void BeforeMessage() {
    DieWhenDue();
    ++messages_;
  }

  void BeforeStatus(InterceptorBatchMethods& batch) {
    DieWhenDue();
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin_);
    batch.GetSendTrailingMetadata()->emplace("x-elapsed-us", std::to_string(elapsed.count()));
    if (log_ == nullptr) return;
    const grpc::Status status = batch.GetSendStatus();
    log_->Add(call_.method(), Cancelled(status) ? "CANCELLED" : StatusName(status.error_code()));
  }

  void DieWhenDue() const {
    if (!faults_.die_after || !SendsStream() || messages_ < *faults_.die_after) return;
    std::this_thread::sleep_for(kLastWords);
    std::_Exit(kExitOfADyingServer);
  }

  // To a handler that reads, a client that cancels looks like one that has said everything.
  bool Cancelled(const grpc::Status& status) const {
    const bool may_lag = ReadsStream() && status.ok();
    return CancelledWithin(*call_.server_context(), may_lag ? kCancellationLag : Clock::duration::zero());
  }

  bool SendsStream() const {
    return call_.type() == ServerRpcInfo::Type::SERVER_STREAMING || IsBidirectional();
  }
  bool ReadsStream() const {
    return call_.type() == ServerRpcInfo::Type::CLIENT_STREAMING || IsBidirectional();
  }
  bool IsBidirectional() const { return call_.type() == ServerRpcInfo::Type::BIDI_STREAMING; }

  static std::string Text(grpc::string_ref bytes) { return {bytes.data(), bytes.size()}; }

  ServerRpcInfo& call_;
  const Faults faults_;
  const CallLog* const log_;
  const Clock::time_point begin_ = Clock::now();
  int64_t messages_ = 0;  // on their way to the client
};

class CallWatches final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  CallWatches(const Faults& faults, const CallLog* log) : faults_(faults), log_(log) {}

  // The library takes ownership.
  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* call) override {
    return std::make_unique<CallWatch>(*call, faults_, log_).release();
  }

 private:
  const Faults faults_;
  const CallLog* const log_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> WatchCalls(const Faults& faults,
                                                                                  const CallLog* log) {
  return std::make_unique<CallWatches>(faults, log);
}

}  // namespace rpcctl::reference
