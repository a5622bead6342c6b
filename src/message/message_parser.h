// Turns wire bytes into messages of types known only at run time.
#pragma once

#include <memory>
#include <string_view>

#include "message/known_types.h"
#include "message/message_fault.h"
#include "message/message_maker.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Owns what the messages are made with: a message must not outlive its parser. Missing required fields are no
// fault; unknown fields, and values that a closed enum does not have, are kept as unknown.
class MessageParser {
 public:
  // Parses messages of `type`, and of other types known. The types and the pool must outlive this.
  explicit MessageParser(const google::protobuf::Descriptor& type, KnownTypes known = {});
  ~MessageParser();
  MessageParser(const MessageParser&) = delete;
  MessageParser& operator=(const MessageParser&) = delete;

  const google::protobuf::Descriptor& type() const { return type_; }
  const KnownTypes& known() const { return known_; }  // complete

  // Reads `wire` as a message of type(). Without a fault message() is it from then on.
  MaybeFault Parse(std::string_view wire);
  const google::protobuf::Message& message() const { return *message_; }

  // A message of another type, with at most `depth` levels inside it; null when `wire` does not hold one.
  std::unique_ptr<google::protobuf::Message> ParseNested(const google::protobuf::Descriptor& type,
                                                         std::string_view wire, int depth);

 private:
  const google::protobuf::Descriptor& type_;
  const KnownTypes known_;
  MessageMaker maker_;
  std::unique_ptr<google::protobuf::Message> message_;  // made by maker_, so declared behind it
  bool outgrown_ = true;                                // message_ is missing, or has held a large message
};

}  // namespace rpcctl
