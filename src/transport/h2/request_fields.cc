#include "transport/h2/request_fields.h"

#include "base/base64.h"
#include "transport/h2/grpc_timeout.h"

namespace rpcctl {
namespace {

// What goes out is not padded, as the specification asks for.
std::string UnpaddedBase64(std::string_view bytes) {
  std::string text = EncodeBase64(bytes);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

}  // namespace

std::vector<HeaderField> RequestFields(const CallStart& start, const TransportOptions& options,
                                       Duration left) {
  std::vector<HeaderField> fields = {
      {":method", "POST"},
      {":scheme", options.tls ? "https" : "http"},
      {":path", start.path},
      {":authority", options.authority.empty() ? options.target.Authority() : options.authority},
      {"te", "trailers"}};
  if (start.deadline != TimePoint::max()) fields.push_back({"grpc-timeout", FormatGrpcTimeout(left)});
  fields.push_back({"content-type", "application/grpc"});
  if (start.compression == Compression::kGzip) fields.push_back({"grpc-encoding", "gzip"});
  fields.push_back({"grpc-accept-encoding", "identity, deflate, gzip"});
  if (!options.user_agent.empty()) fields.push_back({"user-agent", options.user_agent});
  for (const MetadataEntry& entry : start.metadata) {
    const bool is_binary = entry.name.ends_with("-bin");
    fields.push_back({entry.name, is_binary ? UnpaddedBase64(entry.value) : entry.value});
  }
  return fields;
}

}  // namespace rpcctl
