#include "message/placeholder.h"

#include <google/protobuf/descriptor.h>

#include <cmath>

#include "base/base64.h"
#include "base/safe_text.h"
#include "message/json_form.h"
#include "message/json_number.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(text, quoted);
  return quoted;
}

// The same text in both forms, in quotes where it is JSON.
Placeholder InQuotes(std::string text) {
  return {'"' + text + '"', ItemValue::kText, std::move(text)};
}

Placeholder Bare(std::string text) {
  return {text, ItemValue::kText, text};
}

Placeholder JsonOnly(std::string json) {
  return {json, ItemValue::kJson, json};
}

template <typename Number>
std::string Digits(Number number) {
  std::string digits;
  AppendNumber(number, digits);
  return digits;
}

// Behind "=" a leading '@' would name a file, and a control character would reach the terminal.
Placeholder OfString(const std::string& text) {
  const bool plain = !text.starts_with('@') && SafeText(text) == text;
  return plain ? Placeholder{Quoted(text), ItemValue::kText, text} : JsonOnly(Quoted(text));
}

Placeholder OfBytes(const std::string& bytes) {
  const std::string base64 = EncodeBase64(bytes);
  return {'"' + base64 + '"', ItemValue::kText, "b64:" + base64};
}

template <typename Float>
Placeholder OfFloat(Float number) {
  return std::isfinite(number) ? Bare(Digits(number)) : InQuotes(Digits(number));
}

Placeholder OfEnum(const FieldDescriptor& field) {
  const std::string& name = field.default_value_enum()->name();
  if (field.enum_type()->full_name() == "google.protobuf.NullValue") return {"null", ItemValue::kText, name};
  return InQuotes(name);
}

Placeholder OfWrapper(const Descriptor& type) {
  return DefaultPlaceholder(*type.FindFieldByNumber(1));
}

}  // namespace

Placeholder DefaultPlaceholder(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Bare(Digits(int64_t{field.default_value_int32()}));
    case FieldDescriptor::CPPTYPE_UINT32:
      return Bare(Digits(uint64_t{field.default_value_uint32()}));
    case FieldDescriptor::CPPTYPE_INT64:
      return InQuotes(Digits(field.default_value_int64()));
    case FieldDescriptor::CPPTYPE_UINT64:
      return InQuotes(Digits(field.default_value_uint64()));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return OfFloat(field.default_value_double());
    case FieldDescriptor::CPPTYPE_FLOAT:
      return OfFloat(field.default_value_float());
    case FieldDescriptor::CPPTYPE_BOOL:
      return Bare(field.default_value_bool() ? "true" : "false");
    case FieldDescriptor::CPPTYPE_ENUM:
      return OfEnum(field);
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? OfBytes(field.default_value_string())
                                                         : OfString(field.default_value_string());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return JsonOnly("{}");
}

Placeholder WellKnownPlaceholder(const Descriptor& type) {
  switch (JsonFormOf(type)) {
    case JsonForm::kTimestamp:
      return InQuotes("2026-01-01T00:00:00Z");
    case JsonForm::kDuration:
      return InQuotes("0s");
    case JsonForm::kFieldMask:
    case JsonForm::kValue:  // a string is the one kind of value that items have a form for
      return InQuotes("");
    case JsonForm::kWrapper:
      return OfWrapper(type);
    case JsonForm::kListValue:
      return JsonOnly("[]");
    case JsonForm::kObject:
    case JsonForm::kStruct:
    case JsonForm::kAny:
      break;
  }
  return JsonOnly("{}");
}

std::string KeyPlaceholder(const FieldDescriptor& key) {
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return "key";
  return key.cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? "false" : "0";
}

}  // namespace rpcctl
