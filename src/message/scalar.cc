#include "message/scalar.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <limits>
#include <type_traits>

#include "base/safe_text.h"
#include "message/bytes_text.h"
#include "message/enum_text.h"
#include "message/input_error.h"
#include "message/number_text.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;

Error Unexpected(const FieldDescriptor& field, std::string_view text, std::string_view hint) {
  return InputError("", fmt::format("expected {}, found {}", field.type_name(), Quoted(text)), hint);
}

template <typename T>
Error OutOfRange(const FieldDescriptor& field, std::string_view text) {
  return InputError("", fmt::format("{} is out of range for {}", Quoted(text), field.type_name()),
                    fmt::format("{} holds {} to {}", field.type_name(), std::numeric_limits<T>::lowest(),
                                std::numeric_limits<T>::max()));
}

template <typename T>
Result<ScalarValue> ParseNumber(const FieldDescriptor& field, std::string_view text) {
  const JsonNumber<T> number = ReadNumberText<T>(text);
  if (number.fault == NumberFault::kNone) return ScalarValue(number.value);
  if (number.fault == NumberFault::kOutOfRange) return OutOfRange<T>(field, text);
  return Unexpected(field, text,
                    std::is_integral_v<T> ? "write a whole number, such as 42, 0x2a or 1e3"
                                          : "write a number, such as 0.5 or 1e9, or inf, -inf or nan");
}

Result<ScalarValue> ParseBool(const FieldDescriptor& field, std::string_view text) {
  if (text == "true") return ScalarValue(true);
  if (text == "false") return ScalarValue(false);
  return Unexpected(field, text, "a bool is true or false");
}

Result<ScalarValue> ParseEnumValue(const FieldDescriptor& field, std::string_view text) {
  Result<int> number = ParseEnum(*field.enum_type(), text);
  if (!number) return number.error();
  return ScalarValue(EnumNumber{*number});
}

Result<ScalarValue> ParseString(std::string_view text) {
  const size_t invalid = FindInvalidUtf8(text);
  if (invalid == std::string_view::npos) return ScalarValue(std::string(text));
  return InputError(
      "", fmt::format("expected string, found bytes that are not UTF-8 (the first at offset {})", invalid));
}

Result<ScalarValue> ParseBytesValue(std::string_view text, TextOrigin origin) {
  if (origin == TextOrigin::kFile) return ScalarValue(std::string(text));
  Result<std::string> bytes = ParseBytes(text);
  if (!bytes) return bytes.error();
  return ScalarValue(std::move(*bytes));
}

}  // namespace

std::string_view WithoutFinalNewline(std::string_view text, TextOrigin origin) {
  if (origin == TextOrigin::kTyped) return text;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Result<ScalarValue> ParseScalar(const FieldDescriptor& field, std::string_view text, TextOrigin origin) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) return ParseBytesValue(text, origin);
  if (field.type() == FieldDescriptor::TYPE_STRING) return ParseString(text);
  const std::string_view line = WithoutFinalNewline(text, origin);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return ParseNumber<int32_t>(field, line);
    case FieldDescriptor::CPPTYPE_INT64:
      return ParseNumber<int64_t>(field, line);
    case FieldDescriptor::CPPTYPE_UINT32:
      return ParseNumber<uint32_t>(field, line);
    case FieldDescriptor::CPPTYPE_UINT64:
      return ParseNumber<uint64_t>(field, line);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ParseNumber<float>(field, line);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ParseNumber<double>(field, line);
    case FieldDescriptor::CPPTYPE_BOOL:
      return ParseBool(field, line);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ParseEnumValue(field, line);
    default:
      return Error{ErrorKind::kInternal, field.full_name() + " is not a scalar field"};
  }
}

}  // namespace rpcctl
