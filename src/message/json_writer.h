// Writes messages as JSON documents, from their bytes on the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/json_style.h"
#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// Writes ProtoJSON for one type: fields by number, map entries by key, unknown fields left out. An Any whose
// type nobody knows, or whose content is not of its type, is
// {"@type":...,"@value":"<base64>"}. Missing required fields are no error; a proto2 string that is not UTF-8
// has \ufffd for each wrong byte. Reused for every message of a stream; not for several threads at once.
class JsonWriter {
 public:
  // Borrows `type` and the pool of `known` for life.
  explicit JsonWriter(const google::protobuf::Descriptor& type, JsonStyle style = {}, KnownTypes known = {});
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
