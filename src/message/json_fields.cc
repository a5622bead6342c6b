#include "message/json_fields.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/safe_text.h"
#include "message/documents.h"
#include "message/input_error.h"
#include "message/wire.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// One JSON value and where it stands in the word.
struct Value {
  std::string text;
  TextPosition start;
};

// The only value of `json`. What stands around a value must not reach the reader, which sees it inside an
// object of our own making: "1, \"other\": 2" would set another field as well.
Result<Value> OnlyValue(std::string_view json) {
  DocumentSplitter splitter;
  splitter.Feed(json);
  splitter.Finish();
  Result<std::optional<Document>> first = splitter.Next();
  if (!first) {
    Error error = first.error();
    if (error.hint.empty()) error.hint = "':=' takes JSON; '=' takes text";
    return error;
  }
  if (!*first) return InputError("", "expected a JSON value, found nothing");
  Value value{std::string((*first)->text), {(*first)->line, (*first)->column}};
  const Result<std::optional<Document>> second = splitter.Next();
  if (!second) return second.error();
  if (!*second) return value;
  return InputError("", fmt::format("{}: expected one JSON value, found a second",
                                    FormatPosition({(*second)->line, (*second)->column})));
}

std::string JsonKey(const FieldDescriptor& field) {
  std::string quoted;
  for (char c : field.is_extension() ? "[" + field.full_name() + "]" : field.json_name()) {
    const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    quoted += plain ? std::string(1, c) : fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
  }
  return quoted;
}

// Where text stands when the value behind `prefix` is to stand at `start`. Columns are counted in unsigned
// numbers, so that one before the first comes right again when the prefix is added.
TextPosition Before(std::string_view prefix, TextPosition start) {
  start.column -= PositionAt(prefix, prefix.size()).column - 1;
  return start;
}

std::string_view Trimmed(std::string_view json) {
  constexpr std::string_view kSpace = " \t\r\n";
  json.remove_prefix(std::min(json.find_first_not_of(kSpace), json.size()));
  return json.substr(0, json.find_last_not_of(kSpace) + 1);
}

}  // namespace

JsonFields::JsonFields(ReadOptions options) : options_(Partial(options)) {}

Result<void> JsonFields::Set(Message& message, const FieldDescriptor& field, JsonExtent extent,
                             std::string_view json) {
  const Result<Value> value = OnlyValue(json);
  if (!value) return value.error();
  const bool element = extent == JsonExtent::kElement;
  const std::string prefix = "{\"" + JsonKey(field) + (element ? "\":[" : "\":");
  const std::string object = prefix + value->text + (element ? "]}" : "}");
  std::string wire;
  Result<void> read = ReaderFor(message).Read(object, wire, Before(prefix, value->start));
  if (!read) return read;
  if (extent == JsonExtent::kWhole) message.GetReflection()->ClearField(&message, &field);
  if (MergeWire(wire, message)) return {};
  return Error{ErrorKind::kInternal, SafeText(field.full_name()) + " does not take what was read for it"};
}

JsonReader& JsonFields::ReaderFor(const Message& message) {
  return readers_.try_emplace(message.GetDescriptor(), *message.GetDescriptor(), options_).first->second;
}

bool IsJsonArray(std::string_view json) {
  return Trimmed(json).starts_with('[');
}

bool IsJsonNull(std::string_view json) {
  return Trimmed(json) == "null";
}

}  // namespace rpcctl
