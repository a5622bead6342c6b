#include "cmd/rpcctl/health_answer.h"

#include <grpc/health/v1/health.pb.h>

#include "transport/rpc_status.h"

namespace rpcctl {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

std::string HealthQuestion(const std::string& service) {
  HealthCheckRequest question;
  question.set_service(service);
  return question.SerializeAsString();
}

Result<int> ReadHealthState(std::string_view message) {
  HealthCheckResponse response;
  if (response.ParseFromArray(message.data(), static_cast<int>(message.size()))) return response.status();
  return Error{ErrorKind::kStatus, "response does not parse as a grpc.health.v1.HealthCheckResponse", "",
               kInternalStatus};
}

bool IsServing(int state) {
  return state == HealthCheckResponse::SERVING;
}

std::string HealthStateName(int state) {
  const std::string& name = HealthCheckResponse::ServingStatus_Name(state);
  return name.empty() ? std::to_string(state) : name;
}

}  // namespace rpcctl
