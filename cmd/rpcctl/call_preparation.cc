#include "cmd/rpcctl/call_preparation.h"

#include <google/protobuf/descriptor.h>

namespace rpcctl {

using google::protobuf::MethodDescriptor;

MethodKind KindOf(const MethodDescriptor& method) {
  if (method.client_streaming())
    return method.server_streaming() ? MethodKind::kBidi : MethodKind::kClientStreaming;
  return method.server_streaming() ? MethodKind::kServerStreaming : MethodKind::kUnary;
}

std::string PathOf(const MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

Result<std::unique_ptr<RequestSupply>> OpenRequests(RequestPlan typed, const MethodDescriptor& method,
                                                    const RequestReading& reading) {
  if (typed.groups.empty() && !method.client_streaming()) typed.groups.emplace_back();
  const bool live = typed.ReadsStandardInput();
  RequestOptions options;
  options.standard_input = reading.standard_input;
  options.build.reading.known = reading.known;
  options.build.reading.allow_unknown = reading.allow_unknown;
  Result<RequestStream> stream =
      RequestStream::Open(std::move(typed), *method.input_type(), std::move(options));
  if (!stream) return stream.error();
  auto requests =
      std::make_unique<RequestSupply>(std::move(*stream), live, KindOf(method), method.full_name());
  if (Result<void> prepared = requests->Prepare(reading.deadline); !prepared) return prepared.error();
  return requests;
}

}  // namespace rpcctl
