#include "transport/h2/request_fields.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using namespace std::chrono_literals;

TransportOptions To(const std::string& target) {
  TransportOptions options;
  options.target = *ParseTarget(target);
  return options;
}

TEST_CASE("request fields: in the protocol's order, the call's own last") {
  TransportOptions options = To("example.test:443");
  options.user_agent = "rpcctl/1";
  CallStart start;
  start.path = "/p.S/M";
  start.deadline = TimePoint::max() - 1ns;
  start.compression = Compression::kGzip;
  start.metadata = {{"x-a", "1"}, {"x-b-bin", std::string("\0\xff", 2)}, {"x-a", "2"}};
  const std::vector<HeaderField> expected = {{":method", "POST"},
                                             {":scheme", "http"},
                                             {":path", "/p.S/M"},
                                             {":authority", "example.test:443"},
                                             {"te", "trailers"},
                                             {"grpc-timeout", "1500000u"},
                                             {"content-type", "application/grpc"},
                                             {"grpc-encoding", "gzip"},
                                             {"grpc-accept-encoding", "identity, deflate, gzip"},
                                             {"user-agent", "rpcctl/1"},
                                             {"x-a", "1"},
                                             {"x-b-bin", "AP8"},
                                             {"x-a", "2"}};
  CHECK(RequestFields(start, options, 1500ms) == expected);
}

TEST_CASE("request fields: what was not asked for is not said") {
  TransportOptions options = To("unix:/run/x.sock");
  CallStart start;
  start.path = "/p.S/M";
  for (const HeaderField& field : RequestFields(start, options, Duration::max())) {
    CHECK(field.name != "grpc-timeout");
    CHECK(field.name != "grpc-encoding");
    CHECK(field.name != "user-agent");
    if (field.name == ":authority") CHECK(field.value == "localhost");
  }
  options.authority = "other.test";
  CHECK(RequestFields(start, options, Duration::max())[3] == HeaderField{":authority", "other.test"});
}

}  // namespace
}  // namespace rpcctl
