#include "message/json_well_known.h"

#include <bit>
#include <optional>
#include <string>

#include "message/json_input_number.h"
#include "message/well_known_text.h"

namespace rpcctl {
namespace {

ValueFault WriteTime(const std::optional<SecondsAndNanos>& time, WireWriter& writer) {
  if (!time) return ValueFault::kWrongType;
  if (time->seconds != 0) {
    writer.Tag(MakeTag(1, WireType::kVarint));
    writer.Varint(static_cast<uint64_t>(time->seconds));
  }
  if (time->nanos != 0) {
    writer.Tag(MakeTag(2, WireType::kVarint));
    writer.Varint(static_cast<uint64_t>(int64_t{time->nanos}));
  }
  return ValueFault::kNone;
}

ValueFault WriteFieldMask(std::string_view text, WireWriter& writer) {
  std::string path;
  while (!text.empty()) {
    const size_t comma = text.find(',');
    path.clear();
    if (!AppendFieldMaskPath(text.substr(0, comma), path)) return ValueFault::kWrongType;
    writer.Tag(MakeTag(1, WireType::kBytes));
    writer.Bytes(path);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return ValueFault::kWrongType;  // ends with a comma
  }
  return ValueFault::kNone;
}

// The oneof of google.protobuf.Value.
ValueFault WriteValue(const JsonScalar& scalar, WireWriter& writer) {
  if (scalar.token == JsonToken::kNumber) {
    const JsonNumber<double> number = ReadFloat64(scalar.text);
    if (number.fault != NumberFault::kNone) return ValueFault::kOutOfRange;
    writer.Tag(MakeTag(2, WireType::kFixed64));
    writer.Fixed64(std::bit_cast<uint64_t>(number.value));
  } else if (scalar.token == JsonToken::kString) {
    writer.Tag(MakeTag(3, WireType::kBytes));
    writer.Bytes(scalar.text);
  } else if (scalar.token == JsonToken::kNull) {
    writer.Tag(MakeTag(1, WireType::kVarint));
    writer.Varint(0);
  } else {
    writer.Tag(MakeTag(4, WireType::kVarint));
    writer.Varint(scalar.token == JsonToken::kTrue ? 1 : 0);
  }
  return ValueFault::kNone;
}

}  // namespace

ValueFault WriteWellKnown(MessagePlan& type, const JsonScalar& scalar, PlanTable& types, WireWriter& writer) {
  if (type.form == JsonForm::kValue) return WriteValue(scalar, writer);
  if (type.form == JsonForm::kWrapper) return WriteScalar(*type.wrapped, scalar, types, writer);
  if (scalar.token != JsonToken::kString) return ValueFault::kWrongType;
  switch (type.form) {
    case JsonForm::kTimestamp:
      return WriteTime(ReadTimestampText(scalar.text), writer);
    case JsonForm::kDuration:
      return WriteTime(ReadDurationText(scalar.text), writer);
    case JsonForm::kFieldMask:
      return WriteFieldMask(scalar.text, writer);
    default:
      return ValueFault::kWrongType;
  }
}

}  // namespace rpcctl
