// The writer and the reader of JSON beside protobuf's own, on random messages of random types.
#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "message/json_reader.h"
#include "message/json_writer.h"
#include "message/wire_cursor.h"
#include "tests/support/random_message.h"
#include "tests/support/random_schema.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::Message;
namespace util = google::protobuf::util;

constexpr uint32_t kSchemas = 20;
// A million messages in all; fewer where each costs ten times as much.
#ifdef __SANITIZE_ADDRESS__
constexpr uint32_t kMessages = 1'000;
#else
constexpr uint32_t kMessages = 50'000;
#endif

// The values on the outermost level of a message, each with its tag.
std::vector<std::string> Values(const std::string& wire) {
  std::vector<std::string> values;
  WireCursor cursor(wire);
  while (!cursor.AtEnd()) {
    const size_t begin = cursor.position();
    const std::optional<WireTag> tag = cursor.ReadTag();
    REQUIRE(tag);
    REQUIRE(cursor.SkipValue(*tag, 0));
    values.push_back(wire.substr(begin, cursor.position() - begin));
  }
  return values;
}

// The same values in another order, some of them twice.
std::string Shuffled(const std::string& wire, std::mt19937& random) {
  std::vector<std::string> values = Values(wire);
  const size_t count = values.size();
  for (size_t i = 0; i < count; ++i) {
    if (random() % 4 == 0) values.push_back(values[i]);
  }
  std::shuffle(values.begin(), values.end(), random);
  std::string shuffled;
  for (const std::string& value : values) shuffled += value;
  return shuffled;
}

// One random type with what reads and writes it.
class Contest {
 public:
  explicit Contest(uint32_t seed) : pool_(&WriterTypes::Get().pool()) {
    const auto* file = pool_.BuildFile(testing::RandomSchema(seed).File());
    REQUIRE(file != nullptr);
    type_ = file->message_type(0);
    writer_.emplace(*type_, JsonStyle{}, KnownTypes{&pool_});
    reader_.emplace(*type_, ReadOptions{.known = {&pool_}});
  }

  const Descriptor& type() const { return *type_; }
  std::unique_ptr<Message> Parsed(const std::string& wire) {
    std::unique_ptr<Message> message = New();
    REQUIRE(message->ParseFromString(wire));
    return message;
  }
  std::unique_ptr<Message> New() { return std::unique_ptr<Message>(factory_.GetPrototype(type_)->New()); }

  std::string Written(const std::string& wire) {
    std::string json;
    const Result<void> written = writer_->Write(wire, json);
    REQUIRE_MESSAGE(written, (written ? "" : written.error().message));
    return json;
  }
  std::string Read(const std::string& json) {
    std::string wire;
    const Result<void> read = reader_->Read(json, wire);
    REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
    return wire;
  }
  std::string PeerWritten(const Message& message) {
    std::string json;
    REQUIRE(util::MessageToJsonString(message, &json).ok());
    return json;
  }

 private:
  DescriptorPool pool_;
  DynamicMessageFactory factory_{&pool_};
  const Descriptor* type_ = nullptr;
  std::optional<JsonWriter> writer_;
  std::optional<JsonReader> reader_;
};

TEST_CASE("random schemas: JSON is what protobuf makes of the message, and reads back as it") {
  for (uint32_t schema = 0; schema < kSchemas; ++schema) {
    CAPTURE(schema);
    Contest contest(schema);
    for (uint32_t seed = 0; seed < kMessages; ++seed) {
      CAPTURE(seed);
      const std::unique_ptr<Message> message = contest.New();
      RandomMessage(seed).Fill(*message, 2);
      const std::string json = contest.Written(message->SerializeAsString());
      CAPTURE(json);
      const std::string wire = contest.Read(json);
      REQUIRE(util::MessageDifferencer::Equals(*contest.Parsed(wire), *message));
      REQUIRE(contest.Written(wire) == json);
      REQUIRE(contest.PeerWritten(*message) == json);
    }
  }
}

TEST_CASE(
    "random schemas: whatever the order on the wire, JSON is that of the message that protobuf parses") {
  for (uint32_t schema = 0; schema < kSchemas; ++schema) {
    CAPTURE(schema);
    Contest contest(schema);
    for (uint32_t seed = 0; seed < kMessages / 10; ++seed) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      const std::unique_ptr<Message> message = contest.New();
      RandomMessage(seed).Fill(*message, 2);
      const std::string wire = Shuffled(message->SerializeAsString(), random);
      const std::string json = contest.Written(wire);
      CAPTURE(json);
      REQUIRE(json == contest.Written(contest.Parsed(wire)->SerializeAsString()));
    }
  }
}

}  // namespace
}  // namespace rpcctl
