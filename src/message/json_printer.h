// Prints parsed messages as ProtoJSON, by reflection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message/json_layout.h"
#include "message/json_type.h"
#include "message/message_fault.h"
#include "message/scalar_text.h"

namespace rpcctl {

class MessageParser;

// For messages of one pool. Not for several threads at once.
class JsonPrinter {
 public:
  // Borrows `parser` for life: it reads what is packed into an Any.
  JsonPrinter(MessageParser& parser, JsonStyle style);

  // Append `message`, or the value of one of its fields, as one JSON value. The fault is a well-known type
  // whose value ProtoJSON cannot express; `out` then ends in the middle.
  MaybeFault Print(const google::protobuf::Message& message, std::string& out);
  MaybeFault PrintField(const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field, std::string& out);

 private:
  // How many messages, and how many of type Any, are open around a message.
  struct Level {
    int messages = 0;
    int anys = 0;
  };

  MaybeFault PrintMessage(const google::protobuf::Message& message, JsonSink& sink, Level level);
  MaybeFault PrintMembers(const google::protobuf::Message& message, const JsonType& type, JsonSink& sink,
                          Level level);
  MaybeFault PrintMember(const google::protobuf::Message& message, const JsonField& member, JsonSink& sink,
                         Level level);
  MaybeFault PrintFieldValue(const google::protobuf::Message& message,
                             const google::protobuf::FieldDescriptor& field, JsonSink& sink, Level level);
  MaybeFault PrintList(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field, JsonSink& sink, Level level);
  MaybeFault PrintMap(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field, JsonSink& sink, Level level);
  MaybeFault PrintValue(const FieldValue& value, JsonSink& sink, Level level);
  std::vector<JsonField> SetExtensions(const google::protobuf::Message& message) const;
  bool IsPrinted(const google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor& field) const;

  // The forms of well-known types, in json_printer_forms.cc.
  MaybeFault PrintForm(const google::protobuf::Message& message, const JsonType& type, JsonSink& sink,
                       Level level);
  MaybeFault PrintMask(const google::protobuf::Message& message, const JsonType& type, JsonSink& sink);
  MaybeFault PrintDynamicValue(const google::protobuf::Message& message, const JsonType& type, JsonSink& sink,
                               Level level);
  MaybeFault PrintAny(const google::protobuf::Message& message, const JsonType& type, JsonSink& sink,
                      Level level);
  bool PrintAnyContent(std::string_view type_url, std::string_view content, JsonSink& sink, Level level);

  MessageParser& parser_;
  const JsonStyle style_;
  JsonTypeTable types_;
};

}  // namespace rpcctl
