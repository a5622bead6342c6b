// The writer on bytes that nobody meant.
#include <doctest/doctest.h>
#include <google/protobuf/stubs/logging.h>

#include "base/safe_text.h"
#include "tests/support/random_message.h"
#include "tests/support/written_json.h"

namespace rpcctl {
namespace {

using google::protobuf::DynamicMessageFactory;
using google::protobuf::Message;

// Changes, inserts, removes or cuts a few bytes.
std::string Damaged(std::string wire, std::mt19937& random) {
  const auto below = [&](size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
  };
  for (size_t i = below(4) + 1; i > 0; --i) {
    const size_t at = below(wire.size() + 1);
    const auto byte = static_cast<char>(below(256));
    switch (below(5)) {
      case 0:
        wire.resize(at);
        break;
      case 1:
        wire.insert(at, 1, byte);
        break;
      case 2:
        wire.erase(at, 1);
        break;
      default:
        if (at < wire.size()) wire[at] = byte;
    }
  }
  return wire;
}

// Calls `check` with the damaged bytes of random messages.
template <typename Check>
void ForDamagedMessages(Check check) {
  DynamicMessageFactory factory(&WriterTypes::Get().pool());
  for (const std::string type :
       {"out.Scalars", "out.Lists", "out.Maps", "out.Tree", "out.WellKnown", "old.Order"}) {
    for (uint32_t seed = 0; seed < 1000; ++seed) {
      std::mt19937 random(seed);
      const std::unique_ptr<Message> message(factory.GetPrototype(&WriterTypes::Get().Type(type))->New());
      RandomMessage(seed % 50).Fill(*message);
      CAPTURE(type);
      CAPTURE(seed);
      check(type, Damaged(message->SerializePartialAsString(), random));
    }
  }
}

bool PeerParses(const std::string& type, const std::string& wire) {
  const google::protobuf::LogSilencer silencer;
  DynamicMessageFactory factory(&WriterTypes::Get().pool());
  const std::unique_ptr<Message> message(factory.GetPrototype(&WriterTypes::Get().Type(type))->New());
  return message->ParsePartialFromString(wire);
}

TEST_CASE("json writer: damaged bytes are written when protobuf parses them, else the place is told") {
  ForDamagedMessages([](const std::string& type, const std::string& wire) {
    const std::string json = WrittenJson(type, wire);
    CAPTURE(json);
    CHECK(json.starts_with("error: response does not parse: ") == !PeerParses(type, wire));
    CHECK(json.find("malformed data") == std::string::npos);
  });
}

TEST_CASE("json writer: whatever the bytes are, nothing that a terminal would obey comes out") {
  ForDamagedMessages([](const std::string& type, const std::string& wire) {
    const std::string json = WrittenJson(type, wire);
    CHECK(SafeText(json) == json);
  });
}

}  // namespace
}  // namespace rpcctl
