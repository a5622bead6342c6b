// A message of the writer's test types, parsed from wire bytes.
#pragma once

#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>
#include <string_view>

#include "tests/support/writer_types.h"

namespace rpcctl {

// Holds the message with the factory it needs. Borrowed as a Message, or through its fields.
class ParsedMessage {
 public:
  ParsedMessage(const std::string& type, std::string_view wire)
      : factory_(&WriterTypes::Get().pool()),
        message_(factory_.GetPrototype(&WriterTypes::Get().Type(type))->New()) {
    if (!message_->ParsePartialFromString(std::string(wire))) throw std::runtime_error("no " + type);
  }

  const google::protobuf::Message& operator*() const { return *message_; }
  const google::protobuf::FieldDescriptor& Field(const std::string& name) const {
    const google::protobuf::FieldDescriptor* field = message_->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) throw std::runtime_error("no field " + name);
    return *field;
  }

 private:
  google::protobuf::DynamicMessageFactory factory_;
  std::unique_ptr<google::protobuf::Message> message_;
};

}  // namespace rpcctl
