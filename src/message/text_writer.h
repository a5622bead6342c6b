// Writes messages in protobuf's text format, from their bytes on the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// What it writes, TextReader reads back as the same message: unknown fields are left out, an Any is written
// by its type where that is known. Strings that are UTF-8 are shown as they are, but for what SafeText would
// escape, which is written in octal. Not for several threads at once.
class TextWriter {
 public:
  // Borrows `type` and the pool of `known` for life.
  explicit TextWriter(const google::protobuf::Descriptor& type, KnownTypes known = {});
  ~TextWriter();
  TextWriter(TextWriter&&) noexcept;

  // Appends the message in `wire` to `out`: one field a line, nothing for an empty message. Errors are
  // JsonWriter's, and leave `out` as it was.
  Result<void> Write(std::string_view wire, std::string& out);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl
