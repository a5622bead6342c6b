// Extensions that are looked for while a message is read or built, everywhere where one can be named.
#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/builder.h"
#include "message/format_template.h"
#include "message/json_reader.h"
#include "message/json_writer.h"
#include "message/message_maker.h"
#include "message/message_parser.h"
#include "message/message_reader.h"
#include "message/request_stream.h"
#include "tests/support/late_extensions.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

using google::protobuf::Message;
using testing::LateExtensions;
using Words = std::vector<std::string>;

constexpr const char* kTooDeep = "types linked more than 2000 deep in M0";

// number: 5
const std::string kNumber = "\x38\x05";

TEST_CASE(
    "late extensions: the parser asks for a number it does not know, and finds it in the same message") {
  LateExtensions late;
  MessageParser parser(late.type(), late.known());
  REQUIRE_FALSE(parser.Parse(kNumber + WireLengthDelimited(8, WireLengthDelimited(1, "x"))));
  CHECK(parser.message().ShortDebugString() == "[late.number]: 5 [late.part] { text: \"x\" }");
}

TEST_CASE("late extensions: what nobody knows stays an unknown field") {
  LateExtensions late;
  MessageParser parser(late.type(), late.known());
  REQUIRE_FALSE(parser.Parse(WireLengthDelimited(50, "x") + WireLengthDelimited(1000, "n")));
  CHECK(parser.message().ShortDebugString() == "name: \"n\" 50: \"x\"");
  CHECK(late.asked == Words{"50"});
}

TEST_CASE("late extensions: an extension inside one, and inside a message, is found too") {
  LateExtensions late;
  MessageParser parser(late.type(), late.known());
  const std::string part = WireLengthDelimited(8, WireLengthDelimited(2, kNumber));
  REQUIRE_FALSE(parser.Parse(WireLengthDelimited(1001, part)));
  CHECK(parser.message().ShortDebugString() == "inner { [late.part] { more { [late.number]: 5 } } }");
}

TEST_CASE("late extensions: one whose types are linked too deep is a fault, not the end of the process") {
  LateExtensions late;
  MessageParser parser(late.type(), late.known());
  const MaybeFault fault = parser.Parse(WireLengthDelimited(9, ""));
  REQUIRE(fault);
  CHECK(fault->reason == kTooDeep);
  CHECK(parser.ParseNested(late.type(), WireLengthDelimited(9, ""), 10) == nullptr);
}

TEST_CASE("late extensions: JSON is written with them") {
  LateExtensions late;
  JsonWriter writer(late.type(), {}, late.known());
  std::string out;
  REQUIRE(writer.Write(kNumber, out));
  CHECK(out == "{\"[late.number]\":5}");
}

TEST_CASE("late extensions: JSON is read with them") {
  LateExtensions late;
  JsonReader reader(late.type(), {.known = late.known()});
  std::string wire;
  REQUIRE(reader.Read("{\"[late.number]\":5}", wire));
  CHECK(wire == kNumber);
  wire.clear();
  CHECK_FALSE(reader.Read("{\"[late.nothing]\":5}", wire));
}

// The bytes of the message that `document` holds; or what went wrong.
std::string ReadAs(DataFormat format, const std::string& document) {
  LateExtensions late;
  std::string wire;
  const Result<void> read =
      MakeMessageReader(format, late.type(), {.known = late.known()})->Read(document, wire);
  return read ? wire : "error: " + read.error().message;
}

TEST_CASE("late extensions: text format and binary are read with them") {
  CHECK(ReadAs(DataFormat::kText, "[late.number]: 5") == kNumber);
  CHECK(ReadAs(DataFormat::kText, "[late.part] { text: 'x' }") ==
        WireLengthDelimited(8, WireLengthDelimited(1, "x")));
  CHECK(ReadAs(DataFormat::kText, "[late.nothing]: 5").starts_with("error: "));
  CHECK(ReadAs(DataFormat::kBinary, kNumber) == kNumber);
}

TEST_CASE("late extensions: those that cannot be made are errors wherever a message would be made") {
  CHECK(ReadAs(DataFormat::kText, "[late.deep] {}").starts_with("error: "));
  CHECK(ReadAs(DataFormat::kBinary, WireLengthDelimited(9, "")) ==
        std::string("error: the bytes are no message: ") + kTooDeep + " in late.M");
}

TEST_CASE("late extensions: a template names them") {
  LateExtensions late;
  Result<FormatTemplate> format = FormatTemplate::Parse("{[late.number]}", late.type(), late.known());
  REQUIRE(format);
  std::string line;
  REQUIRE(format->Write(kNumber, line));
  CHECK(line == "5");
  CHECK_FALSE(FormatTemplate::Parse("{[late.nothing]}", late.type(), late.known()));
}

// The message that the items make; or what went wrong.
std::string Built(const Words& words) {
  LateExtensions late;
  std::vector<Item> items;
  for (const std::string& word : words) items.push_back(*ParseItem(word));
  const KnownTypes known = late.known();
  MessageMaker maker(known.pool);
  const std::unique_ptr<Message> message = maker.New(late.type());
  const Result<void> laid = Builder({.reading = {.known = known}}).Apply(items, *message);
  return laid ? message->ShortDebugString() : "error: " + laid.error().message;
}

TEST_CASE("late extensions: items set them, at every depth, also by JSON") {
  CHECK(Built({"[late.number]=5", "name=n"}) == "[late.number]: 5 name: \"n\"");
  CHECK(Built({"inner.[late.part].text=x"}) == "inner { [late.part] { text: \"x\" } }");
  CHECK(Built({"[late.part]:={\"more\":[{\"[late.number]\":1}]}"}) ==
        "[late.part] { more { [late.number]: 1 } }");
}

TEST_CASE("late extensions: an item with one that nobody knows, or that cannot be made, is an error") {
  CHECK(Built({"[late.nothing]=5"}) == "error: [late.nothing]: no such extension of M");
  CHECK(Built({"[late.deep]:={}"}) == "error: [late.deep]: no such extension of M");
  CHECK(Built({"[late.deep].f:={}"}) == "error: [late.deep]: no such extension of M");
  CHECK(Built({"inner:={\"[late.deep]\":{}}"}).starts_with("error: inner: "));
}

// The first message of a request with this data and these items; or what went wrong.
std::string Requested(const std::string& data, const Words& words) {
  LateExtensions late;
  RequestPlan plan;
  RequestGroup& group = plan.groups.emplace_back();
  group.data.push_back({SourceKind::kText, data});
  for (const std::string& word : words) group.items.push_back(*ParseItem(word));
  RequestOptions options;
  options.build.reading.known = late.known();
  Result<RequestStream> stream = RequestStream::Open(plan, late.type(), options);
  if (!stream) return "error: " + stream.error().message;
  std::string wire;
  const Result<RequestStream::Step> step = stream->Next(wire);
  if (!step) return "error: " + step.error().message;
  MessageParser parser(late.type(), late.known());
  REQUIRE_FALSE(parser.Parse(wire));
  return parser.message().ShortDebugString();
}

TEST_CASE("late extensions: items are laid over data that has them") {
  CHECK(Requested("{\"[late.number]\":5}", {"name=n"}) == "[late.number]: 5 name: \"n\"");
  CHECK(Requested("{\"[late.part]\":{\"text\":\"x\"}}", {"[late.part].text=y"}) ==
        "[late.part] { text: \"y\" }");
}

TEST_CASE("late extensions: data with one that cannot be made is an error") {
  CHECK(Requested("{\"[late.deep]\":{}}", {"name=n"}).starts_with("error: document 1: "));
  CHECK(Requested("{\"[late.deep]\":{}}", {}).starts_with("error: document 1: "));
}

TEST_CASE("late extensions: a finder is narrowed to what can be made, and none stays none") {
  LateExtensions late;
  MessageMaker maker(late.known().pool);
  const KnownTypes narrowed = Makeable(late.known(), maker);
  CHECK(narrowed.find_named_extension(late.type(), "late.part") != nullptr);
  CHECK(narrowed.find_named_extension(late.type(), "late.number") != nullptr);
  CHECK(narrowed.find_named_extension(late.type(), "late.deep") == nullptr);
  CHECK_FALSE(Makeable({}, maker).find_named_extension);
}

}  // namespace
}  // namespace rpcctl
