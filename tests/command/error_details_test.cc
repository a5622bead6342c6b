#include "cmd/rpcctl/error_details.h"

#include <doctest/doctest.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using Lines = std::vector<std::string>;

KnownTypes BuiltIn() {
  return Completed({}, *google::rpc::BadRequest::descriptor());
}

TEST_CASE("error details: a line for each, its type and its content") {
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field("name");
  violation->set_description("too long");
  google::rpc::ErrorInfo info;
  info.set_reason("LIMIT");
  (*info.mutable_metadata())["limit"] = "10";
  google::rpc::Status status;
  status.add_details()->PackFrom(bad);
  status.add_details()->PackFrom(info);
  CHECK(DescribeErrorDetails(status.SerializeAsString(), BuiltIn()) ==
        Lines{R"(google.rpc.BadRequest {"fieldViolations":[{"field":"name","description":"too long"}]})",
              R"(google.rpc.ErrorInfo {"reason":"LIMIT","metadata":{"limit":"10"}})"});
}

TEST_CASE("error details: none is no line") {
  CHECK(DescribeErrorDetails("", BuiltIn()).empty());
  google::rpc::Status status;
  status.set_code(3);
  CHECK(DescribeErrorDetails(status.SerializeAsString(), BuiltIn()).empty());
}

TEST_CASE("error details: an unknown type and content that does not parse are shown as bytes") {
  google::rpc::Status status;
  google::protobuf::Any* unknown = status.add_details();
  unknown->set_type_url("type.googleapis.com/far.Away");
  unknown->set_value("\x08\x01");
  google::protobuf::Any* broken = status.add_details();
  broken->set_type_url("type.googleapis.com/google.rpc.BadRequest");
  broken->set_value("\xff");
  CHECK(DescribeErrorDetails(status.SerializeAsString(), BuiltIn()) ==
        Lines{"far.Away (unknown type, base64) CAE=", "google.rpc.BadRequest (does not parse, base64) /w=="});
}

TEST_CASE("error details: bytes that are no status are shown as bytes") {
  CHECK(DescribeErrorDetails("\xff\xff", BuiltIn()) ==
        Lines{"google.rpc.Status (does not parse, base64) //8="});
}

TEST_CASE("error details: the finder is asked for types, inside a detail too") {
  KnownTypes known;
  known.find_type = [](std::string_view name) -> const google::protobuf::Descriptor* {
    return name == "far.Known" ? &Types().Type("items.Known")
                               : (name == "far.Point" ? &Types().Type("items.Point") : nullptr);
  };
  known = Completed(known, Types().Type("items.Known"));
  const auto point = Types().New("items.Point");
  google::protobuf::TextFormat::ParseFromString("latitude: 4", point.get());
  google::protobuf::Any inner;
  inner.set_type_url("x/far.Point");
  inner.set_value(point->SerializeAsString());
  const auto outer = Types().New("items.Known");
  const auto* field = outer->GetDescriptor()->FindFieldByName("detail");
  outer->GetReflection()->MutableMessage(outer.get(), field)->ParseFromString(inner.SerializeAsString());
  google::rpc::Status status;
  google::protobuf::Any* detail = status.add_details();
  detail->set_type_url("x/far.Known");
  detail->set_value(outer->SerializeAsString());
  CHECK(DescribeErrorDetails(status.SerializeAsString(), known) ==
        Lines{R"(far.Known {"detail":{"@type":"x/far.Point","latitude":4}})"});
}

TEST_CASE("error details: hostile names and texts come out safe") {
  google::rpc::Status status;
  google::protobuf::Any* detail = status.add_details();
  detail->set_type_url("x/\x1b]0;owned\x07\r\n");
  google::rpc::LocalizedMessage message;
  message.set_message("\x1b[2J\u202e");
  status.add_details()->PackFrom(message);
  const Lines lines = DescribeErrorDetails(status.SerializeAsString(), BuiltIn());
  REQUIRE(lines.size() == 2);
  for (const std::string& line : lines) {
    CHECK(line.find_first_of("\x1b\x07\r\n") == std::string::npos);
    CHECK(line.find("\u202e") == std::string::npos);
  }
}

}  // namespace
}  // namespace rpcctl
