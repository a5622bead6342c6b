// The message types that an item sets from text with "=", such as google.protobuf.Timestamp.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/scalar.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Whether text says all of a message of `type`: Timestamp, Duration, FieldMask, the wrappers, and Value (a
// string). Types of these names that have another shape are no such types.
bool HasTextForm(const google::protobuf::Descriptor& type);

bool IsAny(const google::protobuf::Descriptor& type);

// Whether `type` is written as an array in JSON, being a message all the same: ListValue, or a Value that may
// hold one.
bool MayBeJsonArray(const google::protobuf::Descriptor& type);

// Sets `message`, whose type has a text form, to what `text` says; what it held before is lost. Errors are
// kInput and say what was expected, without saying where.
Result<void> SetFromText(google::protobuf::Message& message, std::string_view text, TextOrigin origin,
                         std::chrono::system_clock::time_point now);

// A message type's name without its package: "HelloRequest", "Outer.Inner".
std::string ShortTypeName(const google::protobuf::Descriptor& type);

}  // namespace rpcctl
