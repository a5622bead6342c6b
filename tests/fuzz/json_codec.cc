#include "tests/fuzz/json_codec.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_types.h"

namespace rpcctl::fuzz {
namespace {

// Messages inside each other that are parsed to check what the reader made: JSON of 100 levels may hold
// google.protobuf.Value, which takes three messages a level.
constexpr int kDeepest = 400;

// What `json`, of another printer, is when it is written by ours.
std::string Rewritten(JsonCodec& codec, const std::string& json) {
  std::string wire, out;
  const Result<void> read = codec.reader.Read(json, wire);
  Require(bool(read), "protobuf prints what the reader refuses", json, read ? "" : read.error().message);
  const Result<void> written = codec.writer.Write(wire, out);
  Require(bool(written), "what protobuf prints is not written", json, written ? "" : written.error().message);
  return out;
}

// Whether `json` has members that protobuf prints in another way: Any, null for every number of NullValue,
// and capitals of a FieldMask.
bool PrintsOtherwise(const std::string& json) {
  constexpr std::string_view kMembers[] = {"\"@type\":", "\"nothing\":", "\"mask\":"};
  return std::any_of(std::begin(kMembers), std::end(kMembers),
                     [&](std::string_view member) { return json.find(member) != std::string::npos; });
}

}  // namespace

JsonCodec::JsonCodec(const google::protobuf::Descriptor& message, bool allow_unknown)
    : type(message),
      reader(message, {.allow_unknown = allow_unknown, .allow_missing = true, .known = FuzzKnownTypes()}),
      writer(message, {}, FuzzKnownTypes()) {}

JsonCodec& CodecOf(uint8_t choice) {
  static std::array<std::unique_ptr<JsonCodec>, 256> codecs;
  std::unique_ptr<JsonCodec>& codec = codecs[choice];
  if (codec == nullptr) codec = std::make_unique<JsonCodec>(TypeOf(choice & 0x7f), choice >= 0x80);
  return *codec;
}

void RequireFixedPoint(JsonCodec& codec, const std::string& json) {
  // What is shown without being the whole truth: the content of an Any of unknown type, bytes that are not
  // UTF-8.
  if (json.find("\"@value\"") != std::string::npos || json.find("\\ufffd") != std::string::npos) return;
  std::string wire, again;
  const Result<void> read = codec.reader.Read(json, wire);
  Require(bool(read), "the reader refuses what the writer wrote", json, read ? "" : read.error().message);
  const Result<void> written = codec.writer.Write(wire, again);
  Require(bool(written), "what was written and read is not written again", json,
          written ? "" : written.error().message);
  Require(again == json, "what was written and read is written in another way", json, again);
  const std::unique_ptr<google::protobuf::Message> message = ParseByProtobuf(codec.type, wire, kDeepest);
  Require(message != nullptr, "protobuf cannot parse what the reader made", json);
  if (PrintsOtherwise(json)) return;
  const std::optional<std::string> peer = PrintByProtobuf(*message);
  if (peer) Require(Rewritten(codec, *peer) == json, "protobuf prints another message", json, *peer);
}

}  // namespace rpcctl::fuzz
