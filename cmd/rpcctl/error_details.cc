#include "cmd/rpcctl/error_details.h"

#include <fmt/format.h>
#include <google/protobuf/any.pb.h>
#include <google/rpc/status.pb.h>

#include <optional>

#include "base/base64.h"
#include "base/safe_text.h"
#include "message/json_string.h"
#include "message/json_writer.h"

namespace rpcctl {
namespace {

std::string Undecoded(std::string_view type, std::string_view why, const std::string& value) {
  return fmt::format("{} ({}, base64) {}", SafeText(type), why, EncodeBase64(value));
}

std::string DescribeDetail(const google::protobuf::Any& detail, const KnownTypes& known) {
  const std::string& url = detail.type_url();
  const std::string type = url.substr(url.rfind('/') + 1);
  const google::protobuf::Descriptor* descriptor = FindTypeInAny(known, type);
  if (descriptor == nullptr) return Undecoded(type, "unknown type", detail.value());
  std::string json;
  if (!JsonWriter(*descriptor, {}, known).Write(detail.value(), json))
    return Undecoded(type, "does not parse", detail.value());
  return fmt::format("{} {}", SafeText(type), SafeText(json));
}

// The details in `status_bytes`; nothing when it is no google.rpc.Status.
std::optional<google::rpc::Status> ParseStatus(std::string_view status_bytes) {
  google::rpc::Status status;
  if (!status.ParseFromArray(status_bytes.data(), static_cast<int>(status_bytes.size()))) return std::nullopt;
  return status;
}

std::string DocumentOf(std::string_view type_url, const std::string& bytes) {
  std::string document = "{\"@type\":";
  AppendJsonString(type_url, document);
  return document + ",\"@value\":\"" + EncodeBase64(bytes) + "\"}";
}

}  // namespace

std::vector<std::string> ErrorDetailDocuments(std::string_view status_bytes, const KnownTypes& known) {
  const std::optional<google::rpc::Status> status = ParseStatus(status_bytes);
  if (!status) return {DocumentOf("type.googleapis.com/google.rpc.Status", std::string(status_bytes))};
  std::vector<std::string> documents;
  JsonWriter writer(*google::protobuf::Any::descriptor(), {}, known);
  for (const google::protobuf::Any& detail : status->details()) {
    std::string& document = documents.emplace_back();
    if (!writer.Write(detail.SerializeAsString(), document))
      document = DocumentOf(detail.type_url(), detail.value());
  }
  return documents;
}

std::vector<std::string> DescribeErrorDetails(std::string_view status_bytes, const KnownTypes& known) {
  const std::optional<google::rpc::Status> status = ParseStatus(status_bytes);
  if (!status) return {Undecoded("google.rpc.Status", "does not parse", std::string(status_bytes))};
  std::vector<std::string> lines;
  for (const google::protobuf::Any& detail : status->details())
    lines.push_back(DescribeDetail(detail, known));
  return lines;
}

}  // namespace rpcctl
