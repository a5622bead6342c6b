// Reads messages that are wire bytes already.
#pragma once

#include "message/message_maker.h"
#include "message/message_reader.h"

namespace rpcctl {

// Takes the bytes as they are, unknown fields included, once they were found to be such a message.
class WireReader final : public MessageReader {
 public:
  WireReader(const google::protobuf::Descriptor& type, ReadOptions options);
  Result<void> Read(std::string_view document, std::string& wire, TextPosition start) override;

 private:
  Result<void> CheckComplete(std::string_view document);

  const google::protobuf::Descriptor& type_;
  const ReadOptions options_;  // with complete known types
  MessageMaker maker_;
};

}  // namespace rpcctl
