// Wire -> JSON: whatever protobuf parses is written unless ProtoJSON has no form for it, and reads back as
// the same.
#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>

#include "message/wire.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"
#include "tests/fuzz/json_codec.h"

using namespace rpcctl::fuzz;

namespace {

// ProtoJSON has no form for some values of well-known types; and of a tag of more than 32 bits protobuf drops
// what is too much.
bool MayRefuse(const std::string& message) {
  return message.starts_with("response has no JSON form: ") ||
         message.find("an invalid field tag") != message.npos;
}

// Items of a message set may give their number twice, of which protobuf takes the first, or give the number
// 0, which it does not take at all.
bool HoldsItems(const google::protobuf::Descriptor& type) {
  return type.full_name() == "old.Set" || type.full_name() == "old.Member";
}

// What is on the wire in any order, in pieces and several times is written as protobuf has it once that has
// merged and ordered it. A writer that goes through well-ordered messages faster goes both its ways here.
void RequireSameInOrder(JsonCodec& codec, const google::protobuf::Message& message, const std::string& json) {
  std::string wire, ordered;
  rpcctl::AppendWire(message, wire);
  const rpcctl::Result<void> written = codec.writer.Write(wire, ordered);
  Require(bool(written), "a message is not written once protobuf has ordered it", json);
  Require(ordered == json, "a message is written in another way once protobuf has ordered it", json, ordered);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  JsonCodec& codec = CodecOf(input.Byte() & 0x7f);
  std::string json;
  const rpcctl::Result<void> written = codec.writer.Write(input.rest(), json);
  const std::unique_ptr<google::protobuf::Message> message = ParseByProtobuf(codec.type, input.rest());
  if (written) {
    if (!HoldsItems(codec.type)) {
      Require(message != nullptr, "protobuf does not parse what was written", json);
      RequireSameInOrder(codec, *message, json);
    }
    RequireFixedPoint(codec, json);
  } else {
    Require(json.empty(), "a message that is refused leaves text behind", json);
    Require(message == nullptr || MayRefuse(written.error().message), "protobuf parses what was refused",
            written.error().message);
  }
  return 0;
}
