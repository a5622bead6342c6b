// One call from a message to the JSON that the writer makes of it.
#pragma once

#include <string>
#include <string_view>

#include "message/json_writer.h"
#include "tests/support/writer_types.h"

namespace rpcctl {

// The document of the wire bytes `wire`, or "error: " with the message.
inline std::string WrittenJson(const std::string& type, std::string_view wire, JsonStyle style = {}) {
  const WriterTypes& types = WriterTypes::Get();
  std::string out;
  const Result<void> written = JsonWriter(types.Type(type), style, {&types.pool()}).Write(wire, out);
  return written ? out : fmt::format("error: {}", written.error().message);
}

// The document of a message in protobuf's text format.
inline std::string WrittenText(const std::string& type, const std::string& text, JsonStyle style = {}) {
  return WrittenJson(type, WriterTypes::Get().Wire(type, text), style);
}

}  // namespace rpcctl
