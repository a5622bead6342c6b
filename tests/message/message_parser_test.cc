#include "message/message_parser.h"

#include <doctest/doctest.h>
#include <google/protobuf/stubs/logging.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Message;

const WriterTypes& Types() {
  return WriterTypes::Get();
}

MessageParser ParserOf(const std::string& type) {
  return MessageParser(Types().Type(type), {&Types().pool()});
}

TEST_CASE("message parser: a message holds what was on the wire") {
  MessageParser parser = ParserOf("out.Tree");
  REQUIRE_FALSE(parser.Parse(Types().Wire("out.Tree", "name: 'x' child {}")));
  CHECK(parser.message().ShortDebugString() == "name: \"x\" child { }");
}

TEST_CASE("message parser: nothing of a message is left in the next one") {
  MessageParser parser = ParserOf("out.Tree");
  REQUIRE_FALSE(parser.Parse(Types().Wire("out.Tree", "name: 'x' child {} children {}")));
  REQUIRE_FALSE(parser.Parse(""));
  CHECK(parser.message().ShortDebugString() == "");
}

TEST_CASE("message parser: the message object is reused until it has held a large one") {
  MessageParser parser = ParserOf("out.Tree");
  REQUIRE_FALSE(parser.Parse(""));
  const Message* first = &parser.message();
  REQUIRE_FALSE(parser.Parse(WireLengthDelimited(1, std::string(1000, 'x'))));
  CHECK(&parser.message() == first);
  REQUIRE_FALSE(parser.Parse(WireLengthDelimited(1, std::string(1'000'000, 'x'))));
  REQUIRE_FALSE(parser.Parse(""));
  CHECK(parser.message().SpaceUsedLong() < 10'000);
}

TEST_CASE("message parser: a fault says what and where") {
  MessageParser parser = ParserOf("out.Tree");
  const MaybeFault fault = parser.Parse(WireLengthDelimited(2, WireLengthDelimited(1, "\xff")));
  REQUIRE(fault);
  CHECK(fault->reason == "invalid UTF-8");
  CHECK(fault->path == ".child.name");
}

TEST_CASE("message parser: missing required fields are no fault") {
  MessageParser parser = ParserOf("old.Order");
  CHECK_FALSE(parser.Parse(""));
  CHECK_FALSE(parser.message().IsInitialized());
}

bool logged = false;

TEST_CASE("message parser: protobuf says nothing on stderr") {
  const auto remember = [](google::protobuf::LogLevel, const char*, int, const std::string&) {
    logged = true;
  };
  google::protobuf::LogHandler* before = google::protobuf::SetLogHandler(remember);
  MessageParser parser = ParserOf("old.Order");
  CHECK_FALSE(parser.Parse(WireLengthDelimited(2, "\xff")));
  google::protobuf::SetLogHandler(before);
  CHECK_FALSE(logged);
}

TEST_CASE("message parser: extensions of a built-in type are looked up in the given pool") {
  MessageParser parser = ParserOf("old.Order");
  REQUIRE_FALSE(parser.Parse(Types().Wire("old.Order", "[old.remark]: 'x'")));
  CHECK(parser.message().ShortDebugString() == "[old.remark]: \"x\"");
}

TEST_CASE("message parser: messages of other types, within a depth") {
  MessageParser parser = ParserOf("google.protobuf.Any");
  const google::protobuf::Descriptor& tree = Types().Type("out.Tree");
  const std::unique_ptr<Message> message = parser.ParseNested(tree, WireNested(2, 3), 3);
  REQUIRE(message != nullptr);
  CHECK(message->ShortDebugString() == "child { child { child { } } }");
  CHECK(parser.ParseNested(tree, WireNested(2, 4), 3) == nullptr);
  CHECK(parser.ParseNested(tree, "\x0a", 3) == nullptr);
}

}  // namespace
}  // namespace rpcctl
