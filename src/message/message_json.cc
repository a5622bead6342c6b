#include "message/message_json.h"

#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>

#include "message/wire.h"

namespace rpcctl {

using google::protobuf::LogSilencer;
using google::protobuf::Message;

MaybeFault MessageJson::Write(const Message& message, std::string& out) {
  const LogSilencer silencer;  // protobuf says on stderr that a proto2 string is not UTF-8
  wire_.clear();
  AppendWire(message, wire_);
  return transcoder_.Write(*message.GetDescriptor(), wire_, out);
}

MaybeFault MessageJson::WriteField(const Message& message, const google::protobuf::FieldDescriptor& field,
                                   std::string& out) {
  const LogSilencer silencer;
  wire_.clear();
  AppendWire(message, wire_);
  return transcoder_.WriteField(*message.GetDescriptor(), field, wire_, out);
}

}  // namespace rpcctl
