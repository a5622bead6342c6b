#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

TEST_CASE("json writer: an error is INTERNAL and leaves the buffer as it was") {
  JsonWriter writer(WriterTypes::Get().Type("out.Scalars"));
  std::string out = "before";
  const Result<void> written =
      writer.Write(WireTagBytes(1, 0) + "\x01" + WireLengthDelimited(14, "\xff"), out);
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kStatus);
  CHECK(written.error().status == 13);
  CHECK(written.error().message == "response does not parse: invalid UTF-8 in out.Scalars.s");
  CHECK(out == "before");
}

TEST_CASE("json writer: after an error the next message is written") {
  JsonWriter writer(WriterTypes::Get().Type("out.Tree"));
  std::string out;
  CHECK_FALSE(writer.Write(WireLengthDelimited(1, "a") + "\x0a", out));
  CHECK(writer.Write(WireLengthDelimited(3, ""), out));
  CHECK(out == R"({"children":[{}]})");
}

TEST_CASE("json writer: malformed wire data is told with its place") {
  CHECK(WrittenJson("out.Scalars", "\x80") ==
        "error: response does not parse: an invalid field tag at byte 0 in out.Scalars");
  CHECK(WrittenJson("out.Choice", WireLengthDelimited(3, "\x72\x09xy")) ==
        "error: response does not parse: a value cut short at byte 3 in out.Choice.part.s");
}

TEST_CASE("json writer: a hundred messages inside each other are written, one more is an error") {
  std::string deepest = "{}";
  for (int i = 0; i < 99; ++i) deepest = fmt::format(R"({{"child":{}}})", deepest);
  CHECK(WrittenJson("out.Tree", WireNested(2, 99)) == deepest);
  CHECK(WrittenJson("out.Tree", WireNested(2, 100)) == fmt::format(R"({{"child":{}}})", deepest));
  const std::string error =
      "error: response does not parse: nesting deeper than 100 messages in out.Tree.child.child.";
  CHECK(WrittenJson("out.Tree", WireNested(2, 101)).starts_with(error));
  CHECK(WrittenJson("out.Tree", WireNested(2, 5000)).starts_with(error));
  CHECK(WrittenJson("out.Tree", WireNested(2, 5000)).size() < 300);
}

TEST_CASE("json writer: unknown groups are bounded like messages") {
  CHECK(WrittenJson("out.Tree", WireNestedGroups(99, 100)) == "{}");
  CHECK(WrittenJson("out.Tree", WireNestedGroups(99, 101)) ==
        "error: response does not parse: nesting deeper than 100 messages in out.Tree");
  CHECK(WrittenJson("out.Tree", WireNestedGroups(99, 5000)) ==
        "error: response does not parse: nesting deeper than 100 messages in out.Tree");
}

TEST_CASE("json writer: maps and lists of messages count in the depth") {
  std::string wire;
  for (int i = 0; i < 50; ++i) wire = WireLengthDelimited(4, WireLengthDelimited(2, wire));
  CHECK(WrittenJson("out.Tree", wire).starts_with(R"({"named":{"":{"named":{"":)"));
  CHECK(WrittenJson("out.Tree", WireLengthDelimited(2, wire))
            .starts_with("error: response does not parse: nesting"));
}

TEST_CASE("json writer: an empty map at the deepest level is no depth of its own") {
  JsonStyle style;
  style.defaults = true;
  CHECK(WrittenJson("out.Tree", WireNested(2, 100), style).find(R"("named":{})") != std::string::npos);
  CHECK(WrittenJson("out.Tree", WireNested(2, 99, WireLengthDelimited(4, ""))).find(R"("named":{"":{}})") !=
        std::string::npos);
}

TEST_CASE("json writer: a well-known type out of range is told with its place") {
  CHECK(WrittenText("out.WellKnown", "times {} times { seconds: 253402300800 }") ==
        "error: response has no JSON form: a Timestamp of 253402300800 s and 0 ns, out of the years 1 to "
        "9999, in "
        "out.WellKnown.times[1]");
  CHECK(WrittenText("out.WellKnown", "lengths { key: 'k' value { seconds: 1 nanos: -1 } }") ==
        "error: response has no JSON form: a Duration of 1 s and -1 ns, of unlike signs, in "
        "out.WellKnown.lengths[\"k\"].value");
  CHECK(WrittenText("out.WellKnown", "value { number_value: nan }") ==
        "error: response has no JSON form: a Value of NaN or infinity, which JSON has no number for, in "
        "out.WellKnown.value");
  CHECK(WrittenText("google.protobuf.FieldMask", "paths: 'ok' paths: 'fooBar'") ==
        "error: response has no JSON form: a FieldMask path 'fooBar', which has no lowerCamelCase form, in "
        "google.protobuf.FieldMask");
}

}  // namespace
}  // namespace rpcctl
