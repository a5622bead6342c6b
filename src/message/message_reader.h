// Turns documents, in any of the formats, into the wire bytes of one message type.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/data_format.h"
#include "message/read_options.h"
#include "message/text_position.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// Keeps its buffers between documents: reuse it. Not for several threads at once.
class MessageReader {
 public:
  virtual ~MessageReader() = default;
  // Appends to `wire` the bytes of the one message that `document` holds; on an error `wire` is as before.
  // `start` is where its first byte stands in its file. Errors are kInput, with the place.
  virtual Result<void> Read(std::string_view document, std::string& wire, TextPosition start = {}) = 0;
};

// Borrows `type`, the types it leads to and the pool of the known types for life.
std::unique_ptr<MessageReader> MakeMessageReader(DataFormat format, const google::protobuf::Descriptor& type,
                                                 ReadOptions options);

}  // namespace rpcctl
