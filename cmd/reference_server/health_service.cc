#include <fmt/format.h>

#include <algorithm>

#include "grpc/health/v1/health.grpc.pb.h"
#include "reference_server/cancellation.h"
#include "reference_server/services.h"

namespace rpcctl::reference {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class Health final : public grpc::health::v1::Health::Service {
 public:
  explicit Health(std::vector<std::string> services) : services_(std::move(services)) {}

  grpc::Status Check(grpc::ServerContext*, const HealthCheckRequest* request,
                     HealthCheckResponse* response) override {
    if (!Knows(request->service()))
      return {grpc::StatusCode::NOT_FOUND, fmt::format("unknown service '{}'", request->service())};
    response->set_status(HealthCheckResponse::SERVING);
    return grpc::Status::OK;
  }

  // The state never changes, so after the first message there is only the end to wait for.
  grpc::Status Watch(grpc::ServerContext* context, const HealthCheckRequest* request,
                     grpc::ServerWriter<HealthCheckResponse>* states) override {
    HealthCheckResponse state;
    state.set_status(Knows(request->service()) ? HealthCheckResponse::SERVING
                                               : HealthCheckResponse::SERVICE_UNKNOWN);
    states->Write(state);
    CancelledWithin(*context, std::chrono::hours(24 * 365));
    return grpc::Status::CANCELLED;
  }

 private:
  bool Knows(const std::string& service) const {
    return service.empty() || std::find(services_.begin(), services_.end(), service) != services_.end();
  }

  const std::vector<std::string> services_;
};

}  // namespace

std::unique_ptr<grpc::Service> HealthService(const std::vector<std::string>& services) {
  return std::make_unique<Health>(services);
}

}  // namespace rpcctl::reference
