#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "grpc/health/v1/health.grpc.pb.h"
#include "reference_server/cancellation.h"
#include "reference_server/health_states.h"
#include "reference_server/services.h"

namespace rpcctl::reference {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// How late a watcher may learn of a change.
constexpr std::chrono::milliseconds kLook{10};

HealthCheckResponse::ServingStatus ToWire(HealthStates::State state) {
  if (state == HealthStates::State::kUnknown) return HealthCheckResponse::SERVICE_UNKNOWN;
  return state == HealthStates::State::kServing ? HealthCheckResponse::SERVING
                                                : HealthCheckResponse::NOT_SERVING;
}

class Health final : public grpc::health::v1::Health::Service {
 public:
  explicit Health(const HealthStates& states) : states_(states) {}

  grpc::Status Check(grpc::ServerContext*, const HealthCheckRequest* request,
                     HealthCheckResponse* response) override {
    const HealthStates::State state = states_.Of(request->service());
    if (state == HealthStates::State::kUnknown)
      return {grpc::StatusCode::NOT_FOUND, fmt::format("unknown service '{}'", request->service())};
    response->set_status(ToWire(state));
    return grpc::Status::OK;
  }

  grpc::Status Watch(grpc::ServerContext* context, const HealthCheckRequest* request,
                     grpc::ServerWriter<HealthCheckResponse>* states) override {
    std::optional<HealthStates::State> told;
    do {
      const HealthStates::State state = states_.Of(request->service());
      if (state == told) continue;
      told = state;
      HealthCheckResponse response;
      response.set_status(ToWire(state));
      states->Write(response);
    } while (!CancelledWithin(*context, kLook));
    return grpc::Status::CANCELLED;
  }

 private:
  const HealthStates& states_;
};

}  // namespace

std::unique_ptr<grpc::Service> HealthService(const HealthStates& states) {
  return std::make_unique<Health>(states);
}

}  // namespace rpcctl::reference
