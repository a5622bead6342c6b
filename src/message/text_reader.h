// Reads messages in protobuf's text format.
#pragma once

#include "message/message_maker.h"
#include "message/message_reader.h"

namespace rpcctl {

// By protobuf's own parser, with its errors put into our words and places. An Any may be written by its type,
// "[type.googleapis.com/pkg.T] { ... }"; at most 100 messages stand inside each other.
class TextReader final : public MessageReader {
 public:
  TextReader(const google::protobuf::Descriptor& type, ReadOptions options);
  Result<void> Read(std::string_view document, std::string& wire, TextPosition start) override;

 private:
  const google::protobuf::Descriptor& type_;
  const ReadOptions options_;  // with complete known types
  MessageMaker maker_;
};

}  // namespace rpcctl
