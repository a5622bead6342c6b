#include "message/json_writer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include "message/json_printer.h"
#include "message/message_parser.h"

namespace rpcctl {

using google::protobuf::Descriptor;

struct JsonWriter::Parts {
  Parts(const Descriptor& type, JsonStyle style, KnownTypes known)
      : parser(type, std::move(known)), printer(parser, style) {}
  MessageParser parser;
  JsonPrinter printer;
};

JsonWriter::JsonWriter(const Descriptor& type, JsonStyle style, KnownTypes known)
    : parts_(std::make_unique<Parts>(type, style, std::move(known))) {}

JsonWriter::~JsonWriter() = default;
JsonWriter::JsonWriter(JsonWriter&&) noexcept = default;

Result<void> JsonWriter::Write(std::string_view wire, std::string& out) {
  MessageParser& parser = parts_->parser;
  if (const MaybeFault fault = parser.Parse(wire)) return UnparsedError(*fault, parser.type());
  const size_t begin = out.size();
  if (const MaybeFault fault = parts_->printer.Print(parser.message(), out)) {
    out.resize(begin);
    return UnprintableError(*fault, parser.type());
  }
  return {};
}

}  // namespace rpcctl
