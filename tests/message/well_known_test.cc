#include "message/well_known.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

// A field of items.Known set to `text`, in the text format.
std::string Set(const std::string& field, std::string_view text, TextOrigin origin = TextOrigin::kTyped) {
  const auto message = Types().New(Types().Field("items.Known." + field).message_type()->full_name());
  const Result<void> set = SetFromText(*message, text, origin, TestNow());
  return set ? message->ShortDebugString() : "error: " + set.error().message;
}

TEST_CASE("well_known: times are set from text") {
  CHECK(Set("at", "2026-11-22") == "seconds: 1795305600");
  CHECK(Set("at", "now") == "seconds: 1795343400 nanos: 500000000");
  CHECK(Set("at", "unix:5\n", TextOrigin::kFile) == "seconds: 5");
  CHECK(Set("wait", "-1.5s") == "seconds: -1 nanos: -500000000");
  CHECK(Set("wait", "5") == "error: expected google.protobuf.Duration, found '5'");
}

TEST_CASE("well_known: a field mask is a list of paths, taken as they are") {
  CHECK(Set("mask", "name,user.id") == "paths: \"name\" paths: \"user.id\"");
  CHECK(Set("mask", "*") == "paths: \"*\"");
  CHECK(Set("mask", "") == "");
  CHECK(Set("mask", "name\n", TextOrigin::kFile) == "paths: \"name\"");
  for (const char* text : {",", "a,", ",a", "a,,b", "a, b", "\xff"}) {
    CAPTURE(text);
    CHECK(Set("mask", text).starts_with("error: expected google.protobuf.FieldMask, found '"));
  }
}

TEST_CASE("well_known: a wrapper takes the bare scalar") {
  CHECK(Set("maybe_flag", "true") == "value: true");
  CHECK(Set("maybe_flag", "false") == "");
  CHECK(Set("maybe_i32", "0x10") == "value: 16");
  CHECK(Set("maybe_u64", "18446744073709551615") == "value: 18446744073709551615");
  CHECK(Set("maybe_d", "nan") == "value: nan");
  CHECK(Set("maybe_name", "5\n", TextOrigin::kFile) == "value: \"5\\n\"");
  CHECK(Set("maybe_blob", "hex:00") == "value: \"\\000\"");
  CHECK(Set("maybe_i32", "x") == "error: expected int32, found 'x'");
}

TEST_CASE("well_known: a Value takes text as a string") {
  CHECK(Set("value", "true") == "string_value: \"true\"");
  CHECK(Set("value", "\xff") == "error: expected google.protobuf.Value, found bytes that are not UTF-8");
}

TEST_CASE("well_known: what a message held before is lost") {
  const auto message = Types().New("google.protobuf.Timestamp");
  CHECK(SetFromText(*message, "unix:5.5", TextOrigin::kTyped, TestNow()));
  CHECK(SetFromText(*message, "unix:6", TextOrigin::kTyped, TestNow()));
  CHECK(message->ShortDebugString() == "seconds: 6");
}

TEST_CASE("well_known: other messages have no text form") {
  for (const char* type : {"items.Point", "google.protobuf.Any", "google.protobuf.Struct",
                           "google.protobuf.ListValue", "google.protobuf.Empty"}) {
    CAPTURE(type);
    CHECK_FALSE(HasTextForm(Types().Type(type)));
  }
  CHECK(HasTextForm(Types().Type("google.protobuf.Timestamp")));
}

TEST_CASE("well_known: types that only share a name are harmless") {
  google::protobuf::DescriptorPool pool;
  google::protobuf::FileDescriptorProto file;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(R"(
      name: "evil.proto" package: "google.protobuf" syntax: "proto3"
      message_type { name: "Int32Value" field { name: "value" number: 1 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                                                type_name: ".google.protobuf.Timestamp" } }
      message_type { name: "Timestamp" field { name: "seconds" number: 1 type: TYPE_STRING label: LABEL_REPEATED } })",
                                                        &file));
  REQUIRE(pool.BuildFile(file) != nullptr);
  CHECK_FALSE(HasTextForm(*pool.FindMessageTypeByName("google.protobuf.Int32Value")));
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(pool.FindMessageTypeByName("google.protobuf.Timestamp"))->New());
  CHECK(SetFromText(*message, "unix:5", TextOrigin::kTyped, TestNow()));
}

TEST_CASE("well_known: a type is called by its name within the package") {
  CHECK(ShortTypeName(Types().Type("items.Request.Inner")) == "Request.Inner");
  CHECK(ShortTypeName(Types().Type("google.protobuf.Any")) == "Any");
}

}  // namespace
}  // namespace rpcctl
