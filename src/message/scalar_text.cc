#include "message/scalar_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <type_traits>

#include "base/base64.h"
#include "base/safe_text.h"
#include "message/json_number.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Where a value that needs no escaping stands in quotes.
enum class Quotes { kOnlyAsName, kInJson };

template <typename Append>
void AppendQuoted(Quotes quotes, ScalarStyle style, std::string& out, Append append) {
  const bool quoted =
      style == ScalarStyle::kName || (style == ScalarStyle::kJson && quotes == Quotes::kInJson);
  if (quoted) out += '"';
  append();
  if (quoted) out += '"';
}

template <typename Number>
void AppendQuotedNumber(Number number, Quotes quotes, ScalarStyle style, std::string& out) {
  AppendQuoted(quotes, style, out, [&] { AppendNumber(number, out); });
}

void AppendInteger(int32_t number, ScalarStyle style, std::string& out) {
  AppendQuotedNumber(int64_t{number}, Quotes::kOnlyAsName, style, out);
}

void AppendInteger(uint32_t number, ScalarStyle style, std::string& out) {
  AppendQuotedNumber(uint64_t{number}, Quotes::kOnlyAsName, style, out);
}

template <typename Long>
void AppendLong(Long number, ScalarStyle style, std::string& out) {
  AppendQuotedNumber(number, Quotes::kInJson, style, out);
}

template <typename Float>
void AppendFloat(Float number, ScalarStyle style, std::string& out) {
  const Quotes quotes = std::isfinite(number) ? Quotes::kOnlyAsName : Quotes::kInJson;
  AppendQuotedNumber(number, quotes, style, out);
}

void AppendBool(bool set, ScalarStyle style, std::string& out) {
  AppendQuoted(Quotes::kOnlyAsName, style, out, [&] { out += set ? "true" : "false"; });
}

void AppendText(std::string_view text, ScalarStyle style, std::string& out) {
  if (style == ScalarStyle::kText) {
    out += SafeText(text);
  } else {
    AppendJsonString(text, out);
  }
}

void AppendString(const std::string& text, const FieldDescriptor& field, ScalarStyle style,
                  std::string& out) {
  if (field.type() != FieldDescriptor::TYPE_BYTES) return AppendText(text, style, out);
  AppendQuoted(Quotes::kInJson, style, out, [&] { AppendBase64(text, out); });
}

void AppendEnum(int number, const FieldDescriptor& field, ScalarStyle style, std::string& out) {
  const google::protobuf::EnumDescriptor& type = *field.enum_type();
  const EnumValueDescriptor* named = type.FindValueByNumber(number);
  if (named == nullptr) return AppendInteger(number, style, out);
  if (type.full_name() != "google.protobuf.NullValue") return AppendText(named->name(), style, out);
  out += "null";
}

// The value behind one of Reflection's pairs of getters, for a singular and for a repeated field.
template <typename One, typename Element>
auto Get(const FieldValue& value, One one, Element element) {
  const Reflection& from = *value.message.GetReflection();
  return value.index < 0 ? (from.*one)(value.message, &value.field)
                         : (from.*element)(value.message, &value.field, value.index);
}

}  // namespace

void AppendScalar(const FieldValue& value, ScalarStyle style, std::string& out) {
  using From = Reflection;
  std::string scratch;
  switch (value.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return AppendInteger(Get(value, &From::GetInt32, &From::GetRepeatedInt32), style, out);
    case FieldDescriptor::CPPTYPE_UINT32:
      return AppendInteger(Get(value, &From::GetUInt32, &From::GetRepeatedUInt32), style, out);
    case FieldDescriptor::CPPTYPE_INT64:
      return AppendLong(Get(value, &From::GetInt64, &From::GetRepeatedInt64), style, out);
    case FieldDescriptor::CPPTYPE_UINT64:
      return AppendLong(Get(value, &From::GetUInt64, &From::GetRepeatedUInt64), style, out);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return AppendFloat(Get(value, &From::GetDouble, &From::GetRepeatedDouble), style, out);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return AppendFloat(Get(value, &From::GetFloat, &From::GetRepeatedFloat), style, out);
    case FieldDescriptor::CPPTYPE_BOOL:
      return AppendBool(Get(value, &From::GetBool, &From::GetRepeatedBool), style, out);
    case FieldDescriptor::CPPTYPE_ENUM:
      return AppendEnum(Get(value, &From::GetEnumValue, &From::GetRepeatedEnumValue), value.field, style,
                        out);
    case FieldDescriptor::CPPTYPE_STRING:
      return AppendString(StringIn(value, scratch), value.field, style, out);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return;
  }
}

void AppendScalar(const ScalarValue& value, const FieldDescriptor& field, ScalarStyle style,
                  std::string& out) {
  const auto append = [&](const auto& held) {
    using Held = std::remove_cvref_t<decltype(held)>;
    if constexpr (std::is_same_v<Held, bool>) {
      AppendBool(held, style, out);
    } else if constexpr (std::is_same_v<Held, EnumNumber>) {
      AppendEnum(held.number, field, style, out);
    } else if constexpr (std::is_same_v<Held, std::string>) {
      AppendString(held, field, style, out);
    } else if constexpr (std::is_floating_point_v<Held>) {
      AppendFloat(held, style, out);
    } else if constexpr (sizeof(Held) == sizeof(int32_t)) {
      AppendInteger(held, style, out);
    } else {
      AppendLong(held, style, out);
    }
  };
  std::visit(append, value);
}

const Message& MessageIn(const FieldValue& value) {
  const Reflection& from = *value.message.GetReflection();
  return value.index < 0 ? from.GetMessage(value.message, &value.field)
                         : from.GetRepeatedMessage(value.message, &value.field, value.index);
}

const std::string& StringIn(const FieldValue& value, std::string& scratch) {
  const Reflection& from = *value.message.GetReflection();
  return value.index < 0
             ? from.GetStringReference(value.message, &value.field, &scratch)
             : from.GetRepeatedStringReference(value.message, &value.field, value.index, &scratch);
}

}  // namespace rpcctl
