// Writes messages as JSON documents, from their bytes on the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/json_style.h"

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
}  // namespace google::protobuf

namespace rpcctl {

// Writes ProtoJSON for one type: fields by number, map entries by key, unknown fields left out. An Any whose
// type the pool does not have, or whose content is not of its type, is
// {"@type":...,"@value":"<base64>"}. Missing required fields are no error; a proto2 string that is not UTF-8
// has \ufffd for each wrong byte. Reused for every message of a stream; not for several threads at once.
class JsonWriter {
 public:
  // Borrows `type` and `pool` for life. What an Any holds, and extensions, are looked up in `pool`, which
  // knows more than the type's own when that is a built-in one such as google.rpc.Status; null means the
  // type's own.
  explicit JsonWriter(const google::protobuf::Descriptor& type, JsonStyle style = {},
                      const google::protobuf::DescriptorPool* pool = nullptr);
  ~JsonWriter();
  JsonWriter(JsonWriter&&) noexcept;

  // Appends the document of the message in `wire` to `out`, without a newline at its end. Errors are kStatus
  // with INTERNAL (13), and leave `out` as it was: wire data that is malformed or nested deeper than 100
  // messages, a proto3 string that is not UTF-8, a well-known type out of its range. The message names the
  // place.
  Result<void> Write(std::string_view wire, std::string& out);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl
