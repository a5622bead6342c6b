#include "message/json_writer.h"

#include <google/protobuf/descriptor.h>

#include "message/json_transcoder.h"
#include "message/wire_check.h"

namespace rpcctl {

using google::protobuf::Descriptor;

struct JsonWriter::Parts {
  Parts(const Descriptor& of, JsonStyle style, KnownTypes known)
      : type(of), transcoder(Completed(std::move(known), of), style) {}
  const Descriptor& type;
  JsonTranscoder transcoder;
};

JsonWriter::JsonWriter(const Descriptor& type, JsonStyle style, KnownTypes known)
    : parts_(std::make_unique<Parts>(type, style, std::move(known))) {}

JsonWriter::~JsonWriter() = default;
JsonWriter::JsonWriter(JsonWriter&&) noexcept = default;

Result<void> JsonWriter::Write(std::string_view wire, std::string& out) {
  auto& [type, transcoder] = *parts_;
  const MaybeFault fault = transcoder.Write(type, wire, out);
  if (!fault) return {};
  if (const MaybeFault malformed = CheckWire(type, transcoder.known().find_extension, wire)) {
    return UnparsedError(*malformed, type);
  }
  return UnprintableError(*fault, type);
}

}  // namespace rpcctl
