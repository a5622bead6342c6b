// The answers of server reflection, version 1, over any descriptor pool.
#pragma once

#include <string>
#include <vector>

namespace google::protobuf {
class DescriptorPool;
}
namespace grpc::reflection::v1 {
class ServerReflectionRequest;
class ServerReflectionResponse;
}  // namespace grpc::reflection::v1

namespace rpcctl::reference {

// Answers one request at a time, from any thread. Files come with all they import, directly or not, the one
// asked for first. What is not there is answered by an error response with NOT_FOUND (5).
class ReflectionAnswers final {
 public:
  // Answers from `pool`, which must outlive it, and lists `services` as they stand.
  ReflectionAnswers(const google::protobuf::DescriptorPool& pool, std::vector<std::string> services);

  grpc::reflection::v1::ServerReflectionResponse Answer(
      const grpc::reflection::v1::ServerReflectionRequest& request) const;

 private:
  const google::protobuf::DescriptorPool& pool_;
  const std::vector<std::string> services_;
};

}  // namespace rpcctl::reference
