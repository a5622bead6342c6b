#include "transport/h2/response_fields.h"

#include <doctest/doctest.h>

#include <vector>

namespace rpcctl {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

ResponseFields Fields(const Pairs& pairs) {
  ResponseFields fields;
  for (const auto& [name, value] : pairs) REQUIRE(fields.Add(name, value));
  return fields;
}

TEST_CASE("response fields: what the protocol says is apart from the metadata") {
  ResponseFields fields = Fields({{":status", "200"},
                                  {"content-type", "application/grpc+proto"},
                                  {"grpc-encoding", "gzip"},
                                  {"grpc-accept-encoding", "gzip"},
                                  {"x-b", "2"},
                                  {"x-a", "1"},
                                  {"x-b", "3"}});
  CHECK(fields.http_status() == 200);
  CHECK(fields.IsGrpc());
  CHECK(fields.encoding() == "gzip");
  CHECK_FALSE(fields.has_status());
  CHECK(fields.TakeMetadata() == Metadata{{"x-b", "2"}, {"x-a", "1"}, {"x-b", "3"}});
}

TEST_CASE("response fields: gRPC is told by the content type") {
  for (const char* type : {"application/grpc", "application/grpc+json", "application/grpc;charset=utf-8"})
    CHECK(Fields({{"content-type", type}}).IsGrpc());
  for (const char* type : {"application/grpc-web", "text/html", "application/grp", ""})
    CHECK_FALSE(Fields({{"content-type", type}}).IsGrpc());
  CHECK_FALSE(Fields({}).IsGrpc());
}

TEST_CASE("response fields: the status, its message and its details") {
  for (const char* details : {"AAE=", "AAE"}) {
    const RpcStatus status =
        Fields({{"grpc-status", "9"}, {"grpc-message", "a%20b%0A"}, {"grpc-status-details-bin", details}})
            .Status();
    CHECK(status.code == 9);
    CHECK(status.message == "a b\n");
    CHECK(status.details == std::string("\0\1", 2));
  }
  CHECK(Fields({{"grpc-status", "0"}}).Status().ok());
  CHECK(Fields({{"grpc-status", "99"}}).Status().code == 99);
}

TEST_CASE("response fields: a status that is none is UNKNOWN, and says so") {
  CHECK(Fields({}).Status().code == kUnknown);
  CHECK(Fields({}).Status().message == "no status received: the server broke the protocol");
  for (const char* bad : {"abc", "-7", "", "1x", "99999999999999999999", " 1"}) {
    const RpcStatus status = Fields({{"grpc-status", bad}, {"grpc-message", "own"}}).Status();
    CHECK(status.code == kUnknown);
    CHECK(status.message == "the server sent a status that is no number, '" + std::string(bad) + "': own");
  }
}

TEST_CASE("response fields: binary values are decoded, one by one where they were joined") {
  ResponseFields fields = Fields({{"x-bin", "AA, AQ==,Ag"}, {"y-bin", "!"}, {"z", "AA,AQ"}});
  CHECK(
      fields.TakeMetadata() ==
      Metadata{
          {"x-bin", std::string("\0", 1)}, {"x-bin", "\1"}, {"x-bin", "\2"}, {"y-bin", "!"}, {"z", "AA,AQ"}});
}

TEST_CASE("response fields: a block is bounded") {
  ResponseFields fields;
  CHECK(fields.Add("x", std::string((1 << 20) - 33, 'v')));
  CHECK_FALSE(fields.Add("x", "v"));
}

}  // namespace
}  // namespace rpcctl
