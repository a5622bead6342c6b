#include "message/json_form.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/schema_text.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;

using AppendTime = MaybeFault (*)(int64_t, int32_t, std::string&);

std::string Time(AppendTime append, int64_t seconds, int32_t nanos) {
  std::string out;
  const MaybeFault fault = append(seconds, nanos, out);
  return fault ? fault->reason : out;
}

std::string Timestamp(int64_t seconds, int32_t nanos) {
  return Time(AppendTimestamp, seconds, nanos);
}

std::string Duration(int64_t seconds, int32_t nanos) {
  return Time(AppendDuration, seconds, nanos);
}

std::string MaskPath(std::string_view path) {
  std::string out;
  const MaybeFault fault = AppendMaskPath(path, out);
  return fault ? fault->reason : out;
}

TEST_CASE("json form: each well-known type is recognised") {
  const std::pair<const char*, JsonForm> kForms[] = {
      {"Timestamp", JsonForm::kTimestamp},
      {"Duration", JsonForm::kDuration},
      {"FieldMask", JsonForm::kFieldMask},
      {"Struct", JsonForm::kStruct},
      {"Value", JsonForm::kValue},
      {"ListValue", JsonForm::kListValue},
      {"Any", JsonForm::kAny},
      {"DoubleValue", JsonForm::kWrapper},
      {"FloatValue", JsonForm::kWrapper},
      {"Int64Value", JsonForm::kWrapper},
      {"UInt64Value", JsonForm::kWrapper},
      {"Int32Value", JsonForm::kWrapper},
      {"UInt32Value", JsonForm::kWrapper},
      {"BoolValue", JsonForm::kWrapper},
      {"StringValue", JsonForm::kWrapper},
      {"BytesValue", JsonForm::kWrapper},
      {"Empty", JsonForm::kObject},
  };
  for (const auto& [name, form] : kForms) {
    CAPTURE(name);
    CHECK(JsonFormOf(WriterTypes::Get().Type(std::string("google.protobuf.") + name)) == form);
  }
}

TEST_CASE("json form: a type of ours is an object") {
  CHECK(JsonFormOf(WriterTypes::Get().Type("out.Scalars")) == JsonForm::kObject);
}

// The form of the first message of a file that a server made up.
JsonForm FormOfMade(const std::string& messages) {
  DescriptorPool pool;
  const std::string source =
      "syntax = \"proto2\"; package google.protobuf; enum NullValue { NULL_VALUE = 0; } ";
  return JsonFormOf(*pool.BuildFile(ParseText("made.proto", source + messages))->message_type(0));
}

TEST_CASE("json form: what a server calls google.protobuf.Something but made otherwise is an object") {
  for (const char* made : {
           "message Timestamp { optional string seconds = 1; }",
           "message Timestamp { optional sint64 seconds = 1; optional int32 nanos = 2; }",
           "message Timestamp { optional int64 seconds = 1; repeated int32 nanos = 2; }",
           "message Any { optional string type_url = 1; optional bytes value = 2; extensions 4 to 10; }",
           "message Any { optional string type_url = 1; optional string value = 2; }",
           "message BytesValue { optional string value = 1; }",
           "message FieldMask { repeated string paths = 1; extensions 4 to 10; }",
           "message Struct { repeated Struct fields = 1; }",
           "message ListValue { map<string, ListValue> values = 1; }",
           "message Value { optional NullValue a = 1; optional double b = 2; optional string c = 3; "
           "optional bool d = 4; optional Value e = 5; optional Value f = 6; }",
           "message Value { optional NullValue a = 1; oneof k { double b = 2; string c = 3; bool d = 4; "
           "Value e = 5; "
           "Value f = 6; } }",
       }) {
    CAPTURE(made);
    CHECK(FormOfMade(made) == JsonForm::kObject);
  }
  CHECK(FormOfMade("message Timestamp { optional int64 seconds = 1; optional int32 nanos = 2; }") ==
        JsonForm::kTimestamp);
}

TEST_CASE("json form: a timestamp has as many groups of three digits as it needs") {
  CHECK(Timestamp(0, 0) == "1970-01-01T00:00:00Z");
  CHECK(Timestamp(1709208000, 500'000'000) == "2024-02-29T12:00:00.500Z");
  CHECK(Timestamp(1709208000, 1'000) == "2024-02-29T12:00:00.000001Z");
  CHECK(Timestamp(1709208000, 1) == "2024-02-29T12:00:00.000000001Z");
  CHECK(Timestamp(-1, 999'999'999) == "1969-12-31T23:59:59.999999999Z");
}

TEST_CASE("json form: a timestamp reaches from the year 1 to 9999") {
  CHECK(Timestamp(-62135596800, 0) == "0001-01-01T00:00:00Z");
  CHECK(Timestamp(253402300799, 999'999'999) == "9999-12-31T23:59:59.999999999Z");
  CHECK(Timestamp(253402300800, 0) == "a Timestamp of 253402300800 s and 0 ns, out of the years 1 to 9999,");
  CHECK(Timestamp(-62135596801, 0) == "a Timestamp of -62135596801 s and 0 ns, out of the years 1 to 9999,");
  CHECK(
      Timestamp(std::numeric_limits<int64_t>::max(), 0).starts_with("a Timestamp of 9223372036854775807 s"));
  CHECK(Timestamp(0, -1).starts_with("a Timestamp of 0 s and -1 ns"));
  CHECK(Timestamp(0, 1'000'000'000).starts_with("a Timestamp of 0 s and 1000000000 ns"));
}

TEST_CASE("json form: a duration has one sign and as many groups of three digits as it needs") {
  CHECK(Duration(0, 0) == "0s");
  CHECK(Duration(3, 0) == "3s");
  CHECK(Duration(1, 500'000'000) == "1.500s");
  CHECK(Duration(0, -500'000'000) == "-0.500s");
  CHECK(Duration(-3, -1) == "-3.000000001s");
  CHECK(Duration(1, 1'000) == "1.000001s");
}

TEST_CASE("json form: a duration of unlike signs or over 10000 years is a fault") {
  CHECK(Duration(315576000000, 999'999'999) == "315576000000.999999999s");
  CHECK(Duration(315576000001, 0) == "a Duration of 315576000001 s and 0 ns, out of 10000 years,");
  CHECK(Duration(1, -1) == "a Duration of 1 s and -1 ns, of unlike signs,");
  CHECK(Duration(-1, 1) == "a Duration of -1 s and 1 ns, of unlike signs,");
  CHECK(Duration(0, 1'000'000'000) == "a Duration of 0 s and 1000000000 ns, out of 10000 years,");
  CHECK(Duration(std::numeric_limits<int64_t>::min(), 0).starts_with("a Duration of -9223372036854775808 s"));
}

TEST_CASE("json form: a mask path is written in lowerCamelCase") {
  CHECK(MaskPath("foo") == "foo");
  CHECK(MaskPath("foo_bar.baz_qux") == "fooBar.bazQux");
  CHECK(MaskPath("*") == "*");
}

TEST_CASE("json form: a mask path that would not read back the same is a fault") {
  for (const char* path : {"", "fooBar", "foo__bar", "foo_3_bar", "foo_", "foo_Bar", "a,b", "foo_.bar"}) {
    CAPTURE(path);
    CHECK(MaskPath(path) ==
          "a FieldMask path '" + std::string(path) + "', which has no lowerCamelCase form,");
  }
}

}  // namespace
}  // namespace rpcctl
