// The writer beside protobuf's own JSON, where that is right.
#include <doctest/doctest.h>
#include <google/protobuf/util/json_util.h>

#include "tests/support/random_message.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

using google::protobuf::DynamicMessageFactory;
using google::protobuf::Message;

constexpr const char* kTypes[] = {"out.Scalars", "out.Lists", "out.Maps",     "out.Choice",
                                  "out.Tree",    "out.Names", "out.WellKnown"};
constexpr uint32_t kMessagesOfAType = 300;

// Calls `check` with random messages of every type.
template <typename Check>
void ForRandomMessages(Check check) {
  DynamicMessageFactory factory(&WriterTypes::Get().pool());
  for (const std::string type : kTypes) {
    for (uint32_t seed = 0; seed < kMessagesOfAType; ++seed) {
      CAPTURE(type);
      CAPTURE(seed);
      const std::unique_ptr<Message> message(factory.GetPrototype(&WriterTypes::Get().Type(type))->New());
      RandomMessage(seed).Fill(*message);
      check(type, *message);
    }
  }
}

std::string PeerJson(const Message& message, const google::protobuf::util::JsonPrintOptions& options) {
  std::string json;
  REQUIRE(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
  return json;
}

TEST_CASE("json writer: random messages are written as protobuf writes them") {
  ForRandomMessages([](const std::string& type, const Message& message) {
    CHECK(WrittenJson(type, message.SerializeAsString()) == PeerJson(message, {}));
  });
}

TEST_CASE("json writer: so they are with the file's names") {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  JsonStyle style;
  style.proto_names = true;
  ForRandomMessages([&](const std::string& type, const Message& message) {
    CHECK(WrittenJson(type, message.SerializeAsString(), style) == PeerJson(message, options));
  });
}

TEST_CASE("json writer: protobuf reads every style back as the same message") {
  JsonStyle style;
  style.layout = JsonLayout::kIndented;
  style.defaults = true;
  ForRandomMessages([&](const std::string& type, const Message& message) {
    const std::string wire = message.SerializeAsString();
    const std::string json = WrittenJson(type, wire, style);
    CAPTURE(json);
    const std::unique_ptr<Message> read(message.New());
    REQUIRE(google::protobuf::util::JsonStringToMessage(json, read.get()).ok());
    CHECK(WrittenJson(type, read->SerializeAsString(), style) == json);
  });
}

}  // namespace
}  // namespace rpcctl
