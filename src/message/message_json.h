// The JSON of messages that are parsed already, or of single fields of them.
#pragma once

#include <string>

#include "message/json_transcoder.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// By way of the wire, so that there is one writer of JSON. Not for several threads at once.
class MessageJson final {
 public:
  // `known` is complete. Borrows its pool, and the types of the messages.
  explicit MessageJson(KnownTypes known) : transcoder_(std::move(known), {}) {}

  // Append `message`, or what it holds in `field`, as one compact JSON value. The faults are
  // JsonTranscoder's.
  MaybeFault Write(const google::protobuf::Message& message, std::string& out);
  MaybeFault WriteField(const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field, std::string& out);

 private:
  JsonTranscoder transcoder_;
  std::string wire_;
};

}  // namespace rpcctl
