// Turns wire bytes into messages of types known only at run time.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>

#include "message/message_fault.h"

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class DynamicMessageFactory;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Owns what the messages are made with: a message must not outlive its parser. Missing required fields are no
// fault; unknown fields, and values that a closed enum does not have, are kept as unknown.
class MessageParser {
 public:
  // Parses messages of `type`, and of other types in `pool`, which is also where extensions are looked up.
  // Both must outlive this.
  MessageParser(const google::protobuf::Descriptor& type, const google::protobuf::DescriptorPool& pool);
  ~MessageParser();
  MessageParser(const MessageParser&) = delete;
  MessageParser& operator=(const MessageParser&) = delete;

  const google::protobuf::Descriptor& type() const { return type_; }
  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  // Reads `wire` as a message of type(). Without a fault message() is it from then on.
  MaybeFault Parse(std::string_view wire);
  const google::protobuf::Message& message() const { return *message_; }

  // A message of another type, with at most `depth` levels inside it; null when `wire` does not hold one.
  std::unique_ptr<google::protobuf::Message> ParseNested(const google::protobuf::Descriptor& type,
                                                         std::string_view wire, int depth);

 private:
  // Null when the types that messages of `type` may hold are linked too deep.
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor& type);
  bool CanMake(const google::protobuf::Descriptor& type);

  const google::protobuf::Descriptor& type_;
  const google::protobuf::DescriptorPool& pool_;
  std::unique_ptr<google::protobuf::DynamicMessageFactory> factory_;
  std::unordered_map<const google::protobuf::Descriptor*, bool> can_make_;
  std::unique_ptr<google::protobuf::Message> message_;  // made by factory_, so declared behind it
  bool outgrown_ = true;                                // message_ is missing, or has held a large message
};

}  // namespace rpcctl
