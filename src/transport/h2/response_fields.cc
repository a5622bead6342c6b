#include "transport/h2/response_fields.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "base/base64.h"
#include "transport/h2/percent_text.h"

namespace rpcctl {
namespace {

// A server answers with rich error details in one block; gRPC's usual 8 KiB would break such calls.
constexpr uint64_t kMostBytes = 1 << 20;
constexpr uint64_t kFieldOverhead = 32;  // RFC 9113, section 6.5.2

constexpr size_t kShownStatus = 100;

constexpr std::string_view kGrpcType = "application/grpc";

std::optional<int> Number(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// What is no base64 is kept as it came: something is to be shown.
std::string Decoded(std::string_view text) {
  return DecodeBase64(text).value_or(std::string(text));
}

}  // namespace

bool ResponseFields::Add(std::string_view name, std::string_view value) {
  size_ += name.size() + value.size() + kFieldOverhead;
  if (size_ > kMostBytes) return false;
  if (name == ":status") {
    http_status_ = Number(value).value_or(0);
  } else if (name == "content-type") {
    content_type_ = value;
  } else if (name == "grpc-status") {
    grpc_status_ = value;
  } else if (name == "grpc-message") {
    grpc_message_ = DecodePercent(value);
  } else if (name == "grpc-status-details-bin") {
    details_ = Decoded(value);
  } else if (name == "grpc-encoding") {
    encoding_ = value;
  } else if (name != "grpc-accept-encoding" && !name.starts_with(':')) {
    AddMetadata(name, value);
  }
  return true;
}

// Binary values of one name may come joined by commas.
void ResponseFields::AddMetadata(std::string_view name, std::string_view value) {
  if (!name.ends_with("-bin")) {
    metadata_.push_back({std::string(name), std::string(value)});
    return;
  }
  for (;;) {
    const size_t comma = value.find(',');
    metadata_.push_back({std::string(name), Decoded(Trimmed(value.substr(0, comma)))});
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
}

bool ResponseFields::IsGrpc() const {
  const std::string_view rest =
      std::string_view(content_type_).substr(std::min(content_type_.size(), kGrpcType.size()));
  return content_type_.starts_with(kGrpcType) && (rest.empty() || rest[0] == '+' || rest[0] == ';');
}

RpcStatus ResponseFields::Status() const {
  if (!grpc_status_) return {kUnknown, "no status received: the server broke the protocol", ""};
  if (const std::optional<int> code = Number(*grpc_status_)) return {*code, grpc_message_, details_};
  std::string message =
      fmt::format("the server sent a status that is no number, '{}'", grpc_status_->substr(0, kShownStatus));
  if (!grpc_message_.empty()) message += ": " + grpc_message_;
  return {kUnknown, std::move(message), details_};
}

}  // namespace rpcctl
