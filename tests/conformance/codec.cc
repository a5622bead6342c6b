#include "tests/conformance/codec.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <utility>

#include "message/json_writer.h"
#include "message/message_maker.h"
#include "message/message_reader.h"
#include "message/text_writer.h"
#include "message/wire.h"
#include "schema/schema.h"

namespace rpcctl::conformance {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

KnownTypes TypesOf(Schema& schema) {
  KnownTypes known{&schema.pool()};
  known.find_type = [&schema](std::string_view name) { return schema.FindMessage(name); };
  known.find_extension = [&schema](const Descriptor& type, int number) {
    return schema.FindExtension(type, number);
  };
  known.find_named_extension = [&schema](const Descriptor& type, std::string_view name) {
    return schema.FindExtension(type, name);
  };
  return known;
}

std::optional<DataFormat> InputFormat(Format format) {
  if (format == Format::kBinary) return DataFormat::kBinary;
  if (format == Format::kJson) return DataFormat::kJson;
  if (format == Format::kText) return DataFormat::kText;
  return std::nullopt;
}

Response Written(const Result<void>& written, Outcome outcome, std::string text) {
  if (!written) return {Outcome::kSerializeError, written.error().message};
  return {outcome, std::move(text)};
}

// Data in binary is handed on byte for byte, which the runner takes for a failure to write it; where items
// are laid over it, it is read into a message and written anew.
Response Rewrite(std::string_view wire, const Descriptor& type, const KnownTypes& known) {
  MessageMaker maker(known.pool);
  const std::unique_ptr<google::protobuf::Message> message = maker.New(type);
  if (message == nullptr || !MergeWire(wire, *message)) return {Outcome::kParseError, "no such message"};
  std::string out;
  AppendWire(*message, out);
  return {Outcome::kBinary, std::move(out)};
}

// The message in `wire` as the runner wants it.
Response Write(const Request& request, const Descriptor& type, const KnownTypes& known, std::string wire) {
  std::string text;
  switch (request.answer_format) {
    case Format::kBinary:
      return request.format == Format::kBinary ? Rewrite(wire, type, known)
                                               : Response{Outcome::kBinary, std::move(wire)};
    case Format::kJson: {
      const Result<void> written = JsonWriter(type, {}, known).Write(wire, text);
      return Written(written, Outcome::kJson, std::move(text));
    }
    case Format::kText: {
      if (request.print_unknown) return {Outcome::kSkipped, "unknown fields are not written in text"};
      const Result<void> written = TextWriter(type, known).Write(wire, text);
      return Written(written, Outcome::kText, std::move(text));
    }
    default:
      return {Outcome::kSkipped, "a format that is not supported"};
  }
}

}  // namespace

Response Answer(const Request& request, Schema& schema) {
  // The first request asks for a list of failures; an empty message is one without any.
  if (request.type == "conformance.FailureSet") return {Outcome::kBinary, ""};
  const std::optional<DataFormat> format = InputFormat(request.format);
  if (!format) return {Outcome::kSkipped, "a format that is not supported"};
  const Descriptor* type = schema.FindMessage(request.type);
  if (type == nullptr) return {Outcome::kSkipped, "the schema has no " + request.type};
  const KnownTypes known = TypesOf(schema);
  const std::unique_ptr<MessageReader> reader =
      MakeMessageReader(*format, *type, {.allow_unknown = request.allow_unknown, .known = known});
  std::string wire;
  const Result<void> read = reader->Read(request.payload, wire);
  if (!read) return {Outcome::kParseError, read.error().message};
  return Write(request, *type, known, std::move(wire));
}

}  // namespace rpcctl::conformance
