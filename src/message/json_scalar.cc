#include "message/json_scalar.h"

#include <bit>
#include <concepts>
#include <limits>
#include <optional>

#include "base/base64.h"
#include "message/json_input_number.h"

namespace rpcctl {
namespace {

// Written with its tag where each element has one.
void Begin(const FieldPlan& field, WireWriter& writer) {
  if (field.cardinality != Cardinality::kPacked) writer.Tag(field.tag);
}

bool IsDefault(double value) {
  return std::bit_cast<uint64_t>(value) == 0;  // -0 is no default
}
bool IsDefault(float value) {
  return std::bit_cast<uint32_t>(value) == 0;
}
bool IsDefault(std::integral auto value) {
  return value == 0;
}

// Numbers, and numbers in a string.
template <auto kRead, auto kPut>
ValueFault WriteNumber(const FieldPlan& field, const JsonScalar& scalar, WireWriter& writer) {
  if (scalar.token != JsonToken::kNumber && scalar.token != JsonToken::kString) return ValueFault::kWrongType;
  const auto number = kRead(scalar.text);
  if (number.fault == NumberFault::kOutOfRange) return ValueFault::kOutOfRange;
  if (number.fault != NumberFault::kNone) return ValueFault::kWrongType;
  if (field.omits_default && IsDefault(number.value)) return ValueFault::kNone;
  Begin(field, writer);
  kPut(writer, number.value);
  return ValueFault::kNone;
}

template <typename T>
std::optional<T> NotFinite(const JsonScalar& scalar) {
  if (scalar.token != JsonToken::kString) return std::nullopt;
  if (scalar.text == "NaN") return std::numeric_limits<T>::quiet_NaN();
  if (scalar.text == "Infinity") return std::numeric_limits<T>::infinity();
  if (scalar.text == "-Infinity") return -std::numeric_limits<T>::infinity();
  return std::nullopt;
}

template <typename T, auto kRead, auto kPut>
ValueFault WriteFloat(const FieldPlan& field, const JsonScalar& scalar, WireWriter& writer) {
  const std::optional<T> special = NotFinite<T>(scalar);
  if (!special) return WriteNumber<kRead, kPut>(field, scalar, writer);
  Begin(field, writer);
  kPut(writer, *special);
  return ValueFault::kNone;
}

constexpr auto kPutVarint = [](WireWriter& writer, auto value) {
  // Negative numbers of 32 bits take ten bytes, as protobuf has it.
  writer.Varint(static_cast<uint64_t>(static_cast<int64_t>(value)));
};
constexpr auto kPutUnsigned = [](WireWriter& writer, auto value) { writer.Varint(value); };
constexpr auto kPutZigZag = [](WireWriter& writer, auto value) { writer.Varint(ZigZag(value)); };
constexpr auto kPutFixed32 = [](WireWriter& writer, auto value) {
  writer.Fixed32(std::bit_cast<uint32_t>(value));
};
constexpr auto kPutFixed64 = [](WireWriter& writer, auto value) {
  writer.Fixed64(std::bit_cast<uint64_t>(value));
};

ValueFault WriteBool(const FieldPlan& field, const JsonScalar& scalar, WireWriter& writer) {
  if (scalar.token != JsonToken::kTrue && scalar.token != JsonToken::kFalse) return ValueFault::kWrongType;
  const bool value = scalar.token == JsonToken::kTrue;
  if (field.omits_default && !value) return ValueFault::kNone;
  Begin(field, writer);
  writer.Varint(value ? 1 : 0);
  return ValueFault::kNone;
}

ValueFault WriteString(const FieldPlan& field, const JsonScalar& scalar, WireWriter& writer) {
  if (scalar.token != JsonToken::kString) return ValueFault::kWrongType;
  if (field.omits_default && scalar.text.empty()) return ValueFault::kNone;
  Begin(field, writer);
  writer.Bytes(scalar.text);
  return ValueFault::kNone;
}

ValueFault WriteBytes(const FieldPlan& field, const JsonScalar& scalar, WireWriter& writer) {
  if (scalar.token != JsonToken::kString) return ValueFault::kWrongType;
  if (field.omits_default && scalar.text.empty()) return ValueFault::kNone;
  const WireWriter::Mark mark = writer.Here();
  const size_t size = Base64DecodedSize(scalar.text);
  Begin(field, writer);
  writer.Varint(size);
  if (DecodeBase64Into(scalar.text, writer.Extend(size))) return ValueFault::kNone;
  writer.Rewind(mark);
  return ValueFault::kWrongType;
}

struct EnumNumber {
  int32_t value = 0;
  ValueFault fault = ValueFault::kNone;
};

EnumNumber ReadEnum(const EnumPlan& enumeration, const JsonScalar& scalar) {
  if (scalar.token == JsonToken::kNull && enumeration.null_value) return {};
  if (scalar.token == JsonToken::kString) {
    const auto found = enumeration.numbers.find(scalar.text);
    if (found == enumeration.numbers.end()) return {0, ValueFault::kUnknownEnumValue};
    return {found->second};
  }
  if (scalar.token != JsonToken::kNumber) return {0, ValueFault::kWrongType};
  const JsonNumber<int32_t> number = ReadInt32(scalar.text);
  if (number.fault == NumberFault::kOutOfRange) return {0, ValueFault::kOutOfRange};
  if (number.fault != NumberFault::kNone) return {0, ValueFault::kWrongType};
  if (!enumeration.Takes(number.value)) return {0, ValueFault::kUnknownEnumValue};
  return {number.value};
}

ValueFault WriteEnum(FieldPlan& field, const JsonScalar& scalar, PlanTable& types, WireWriter& writer) {
  const EnumNumber number = ReadEnum(types.EnumOf(field), scalar);
  if (number.fault != ValueFault::kNone) return number.fault;
  if (field.omits_default && number.value == 0) return ValueFault::kNone;
  Begin(field, writer);
  kPutVarint(writer, number.value);
  return ValueFault::kNone;
}

}  // namespace

ValueFault WriteScalar(FieldPlan& field, const JsonScalar& scalar, PlanTable& types, WireWriter& writer) {
  switch (field.kind) {
    case ValueKind::kDouble:
      return WriteFloat<double, ReadFloat64, kPutFixed64>(field, scalar, writer);
    case ValueKind::kFloat:
      return WriteFloat<float, ReadFloat32, kPutFixed32>(field, scalar, writer);
    case ValueKind::kInt64:
      return WriteNumber<ReadInt64, kPutVarint>(field, scalar, writer);
    case ValueKind::kUint64:
      return WriteNumber<ReadUint64, kPutUnsigned>(field, scalar, writer);
    case ValueKind::kInt32:
      return WriteNumber<ReadInt32, kPutVarint>(field, scalar, writer);
    case ValueKind::kFixed64:
      return WriteNumber<ReadUint64, kPutFixed64>(field, scalar, writer);
    case ValueKind::kFixed32:
      return WriteNumber<ReadUint32, kPutFixed32>(field, scalar, writer);
    case ValueKind::kBool:
      return WriteBool(field, scalar, writer);
    case ValueKind::kString:
      return WriteString(field, scalar, writer);
    case ValueKind::kBytes:
      return WriteBytes(field, scalar, writer);
    case ValueKind::kUint32:
      return WriteNumber<ReadUint32, kPutUnsigned>(field, scalar, writer);
    case ValueKind::kEnum:
      return WriteEnum(field, scalar, types, writer);
    case ValueKind::kSfixed32:
      return WriteNumber<ReadInt32, kPutFixed32>(field, scalar, writer);
    case ValueKind::kSfixed64:
      return WriteNumber<ReadInt64, kPutFixed64>(field, scalar, writer);
    case ValueKind::kSint32:
      return WriteNumber<ReadInt32, kPutZigZag>(field, scalar, writer);
    case ValueKind::kSint64:
      return WriteNumber<ReadInt64, kPutZigZag>(field, scalar, writer);
    case ValueKind::kGroup:
    case ValueKind::kMessage:
      break;
  }
  return ValueFault::kWrongType;
}

}  // namespace rpcctl
