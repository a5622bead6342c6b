#include <google/protobuf/descriptor.h>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "reference_server/reflection_answers.h"
#include "reference_server/services.h"

namespace rpcctl::reference {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

class ReflectionV1 final : public grpc::reflection::v1::ServerReflection::Service {
 public:
  explicit ReflectionV1(const std::vector<std::string>& services)
      : answers_(*google::protobuf::DescriptorPool::generated_pool(), services) {}

  grpc::Status ServerReflectionInfo(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<ServerReflectionResponse, ServerReflectionRequest>* stream) override {
    ServerReflectionRequest request;
    while (stream->Read(&request))
      if (!stream->Write(answers_.Answer(request))) return grpc::Status::CANCELLED;
    return grpc::Status::OK;
  }

 private:
  const ReflectionAnswers answers_;
};

}  // namespace

std::unique_ptr<grpc::Service> ReflectionV1Service(const std::vector<std::string>& services) {
  return std::make_unique<ReflectionV1>(services);
}

}  // namespace rpcctl::reference
