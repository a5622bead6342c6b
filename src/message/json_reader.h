// Reads ProtoJSON strictly, straight onto the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/known_types.h"
#include "message/text_position.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

struct JsonReadOptions {
  bool allow_unknown = false;  // skips fields and enum names that the schema does not have
  bool allow_missing = false;  // takes messages without their required fields: more is to be laid over them
  KnownTypes known = {};
};

// `options` for a message that more is to be laid over.
inline JsonReadOptions Partial(JsonReadOptions options) {
  options.allow_missing = true;
  return options;
}

// Turns JSON documents into the wire bytes of one message type. Keeps its buffers between documents: reuse
// it. Not for several threads at once.
class JsonReader {
 public:
  // Borrows `type`, the types it leads to and the pool for life.
  explicit JsonReader(const google::protobuf::Descriptor& type, JsonReadOptions options = {});
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();

  // Appends to `wire` the bytes of the one message that `json` holds; on an error `wire` is as before.
  // `start` is where json's first byte stands in its file. Errors are kInput, with the place and the path of
  // the field, and the nearest names as hint: "line 2, column 5: user.tags[2]: expected int32, found string
  // "x"".
  Result<void> Read(std::string_view json, std::string& wire, TextPosition start = {});

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace rpcctl
