// The message types that fuzz targets read and write: those of the writer's tests, which have every kind of
// field.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "message/known_types.h"

namespace rpcctl::fuzz {

// The type that a byte of the input chooses.
const google::protobuf::Descriptor& TypeOf(uint8_t choice);
// What is known of all of them.
KnownTypes FuzzKnownTypes();

// `wire` as protobuf itself reads it, required fields or not; null when it does not. Messages in it may be
// nested `depth` deep.
std::unique_ptr<google::protobuf::Message> ParseByProtobuf(const google::protobuf::Descriptor& type,
                                                           std::string_view wire, int depth = 100);

// `message` in JSON as protobuf itself prints it; nullopt where it is known to be wrong: messages of proto2
// (groups, extensions) and Any.
std::optional<std::string> PrintByProtobuf(const google::protobuf::Message& message);

}  // namespace rpcctl::fuzz
