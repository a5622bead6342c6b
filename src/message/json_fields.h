// Sets single fields of a message from JSON, by the reader that reads whole messages.
#pragma once

#include <map>
#include <string_view>

#include "base/result.h"
#include "message/json_reader.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// What a JSON value is to the field.
enum class JsonExtent {
  kWhole,     // its value, in place of what it held
  kElement,   // one more element of a repeated field
  kElements,  // an array of more elements
};

// Keeps a reader for each type it met: reuse it.
class JsonFields final {
 public:
  // Required fields may be missing whatever `options` say.
  explicit JsonFields(ReadOptions options);

  // Lays `json` into `field` of `message`; as a whole, null clears the field. What is not exactly one JSON
  // value, or not one for this field, is a kInput error with the line and the column within `json`.
  Result<void> Set(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                   JsonExtent extent, std::string_view json);

 private:
  JsonReader& ReaderFor(const google::protobuf::Message& message);

  const ReadOptions options_;
  std::map<const void*, JsonReader> readers_;  // by the address of the message type
};

// Whether `json`, if it is valid, is an array.
bool IsJsonArray(std::string_view json);

bool IsJsonNull(std::string_view json);

}  // namespace rpcctl
