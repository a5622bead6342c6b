// The header fields of a response: of its beginning or of its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "transport/metadata.h"
#include "transport/rpc_status.h"

namespace rpcctl {

// Collects one block of fields. What the protocol itself says with them is kept apart from the metadata.
class ResponseFields final {
 public:
  // Keeps the field; false when the block gets larger than allowed (1 MiB, counted as RFC 9113 has it in
  // section 6.5.2).
  bool Add(std::string_view name, std::string_view value);

  // 0 when the block has none, as a trailer.
  int http_status() const { return http_status_; }
  const std::string& content_type() const { return content_type_; }
  bool IsGrpc() const;  // by the content type
  // Of the messages: "gzip"; empty for none.
  const std::string& encoding() const { return encoding_; }
  bool has_status() const { return grpc_status_.has_value(); }
  // What "grpc-status" and its companions say; UNKNOWN where there is none, or no number.
  RpcStatus Status() const;
  Metadata TakeMetadata() { return std::move(metadata_); }

 private:
  void AddMetadata(std::string_view name, std::string_view value);

  uint64_t size_ = 0;
  int http_status_ = 0;
  std::string content_type_;
  std::string encoding_;
  std::optional<std::string> grpc_status_;
  std::string grpc_message_;  // decoded
  std::string details_;
  Metadata metadata_;
};

}  // namespace rpcctl
