// What holds for every message that was written as JSON, whichever way it came to be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "message/json_reader.h"
#include "message/json_writer.h"

namespace rpcctl::fuzz {

// Reader and writer of one type, reused from input to input as they are from message to message.
struct JsonCodec {
  JsonCodec(const google::protobuf::Descriptor& message, bool allow_unknown);

  const google::protobuf::Descriptor& type;
  JsonReader reader;  // takes messages without their required fields
  JsonWriter writer;
};

// The codec that a byte of the input chooses.
JsonCodec& CodecOf(uint8_t choice);

// Requires of `json`, which the writer wrote, that the reader takes it, that what it makes is a message to
// protobuf, too, and that it is written as the same text again, by protobuf's own printer as well where that
// is right.
void RequireFixedPoint(JsonCodec& codec, const std::string& json);

}  // namespace rpcctl::fuzz
