#include "script/operand.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/input_error.h"
#include "message/json_string.h"
#include "message/message_json.h"
#include "message/message_parser.h"
#include "message/message_reader.h"
#include "message/number_text.h"
#include "message/time_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Kind = ValueShape::Kind;

Result<TypedValue> AsInstant(const Result<SecondsAndNanos>& read) {
  if (!read) return read.error();
  return TypedValue(Instant{read->seconds, read->nanos});
}

Result<TypedValue> ReadCount(std::string_view text) {
  const JsonNumber<uint64_t> number = ReadNumberText<uint64_t>(text);
  if (number.fault == NumberFault::kNone) return TypedValue(ScalarValue(number.value));
  return InputError("", "expected a whole number, found " + Quoted(text));
}

// A message of `type` from JSON; the parser holds it from then on.
Result<void> ReadMessage(std::string_view json, MessageParser& parser) {
  ReadOptions options;
  options.known = parser.known();
  std::string wire;
  const std::unique_ptr<MessageReader> reader =
      MakeMessageReader(DataFormat::kJson, parser.type(), Partial(options));
  if (Result<void> read = reader->Read(json, wire); !read) return read.error();
  if (MaybeFault fault = parser.Parse(wire)) return InputError("", FaultText(*fault, parser.type()));
  return {};
}

Error NoJson(const MaybeFault& fault, const Descriptor& type) {
  return InputError("", FaultText(*fault, type));
}

// The name of a field as a member of a JSON object.
std::string MemberName(const FieldDescriptor& field) {
  return field.is_extension() ? "[" + field.full_name() + "]" : field.json_name();
}

}  // namespace

Result<TypedValue> ReadTyped(const Operand& operand, const ValueShape& shape, const OperandReading& reading) {
  switch (shape.kind) {
    case Kind::kTime:
      return AsInstant(ParseTimestampText(operand.text, reading.now()));
    case Kind::kLength:
      return AsInstant(ParseDurationText(operand.text));
    case Kind::kCount:
      return ReadCount(operand.text);
    case Kind::kScalar: {
      Result<ScalarValue> scalar = ParseScalar(*shape.field, operand.text);
      if (!scalar) return scalar.error();
      return TypedValue(std::move(*scalar));
    }
    default:
      return TypedValue(ScalarValue(operand.text));
  }
}

Result<std::string> ReadDocument(const Operand& operand, const ValueShape& shape,
                                 const OperandReading& reading) {
  std::string document;
  if (shape.kind == Kind::kMessage) {
    MessageParser parser(*shape.type, reading.known);
    if (Result<void> read = ReadMessage(operand.json, parser); !read) return read.error();
    if (MaybeFault fault = MessageJson(parser.known()).Write(parser.message(), document))
      return NoJson(fault, *shape.type);
    return document;
  }
  // A list or a map by itself is no document: it is read as the member that it is.
  const Descriptor& type = *shape.field->containing_type();
  std::string object = "{";
  AppendJsonString(MemberName(*shape.field), object);
  object += ":" + operand.json + "}";
  MessageParser parser(type, reading.known);
  if (Result<void> read = ReadMessage(object, parser); !read)
    return Error{read.error().kind, "the JSON is no " + ShapeName(shape) + ": " + read.error().message,
                 read.error().hint};
  if (MaybeFault fault = MessageJson(parser.known()).WriteField(parser.message(), *shape.field, document))
    return NoJson(fault, type);
  return document;
}

}  // namespace rpcctl
