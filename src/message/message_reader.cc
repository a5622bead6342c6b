#include "message/message_reader.h"

#include "message/json_reader.h"
#include "message/text_reader.h"
#include "message/wire_reader.h"

namespace rpcctl {

std::unique_ptr<MessageReader> MakeMessageReader(DataFormat format, const google::protobuf::Descriptor& type,
                                                 ReadOptions options) {
  switch (format) {
    case DataFormat::kText:
      return std::make_unique<TextReader>(type, std::move(options));
    case DataFormat::kBinary:
      return std::make_unique<WireReader>(type, std::move(options));
    case DataFormat::kJson:
      break;
  }
  return std::make_unique<JsonReader>(type, std::move(options));
}

}  // namespace rpcctl
