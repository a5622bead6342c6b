#include "script/message_place.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "base/base64.h"
#include "message/chosen_value.h"
#include "message/json_string.h"
#include "message/map_entries.h"
#include "message/message_json.h"
#include "message/message_parser.h"
#include "message/stored_scalar.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Choice = FormatStep::Choice;
using Kind = ValueShape::Kind;

Instant InstantIn(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  const google::protobuf::Reflection& from = *message.GetReflection();
  return {from.GetInt64(message, type.FindFieldByNumber(1)),
          from.GetInt32(message, type.FindFieldByNumber(2))};
}

// The value of a scalar, a time or what is in a wrapper.
TypedValue TypedIn(const FieldValue& value) {
  if (value.field.message_type() == nullptr) return StoredScalar(value);
  const Message& message = MessageIn(value);
  const ValueShape shape = ShapeOfMessage(*message.GetDescriptor());
  if (shape.kind == Kind::kScalar) return StoredScalar({message, *shape.field});
  return InstantIn(message);
}

bool IsTyped(const ValueShape& shape) {
  return shape.kind == Kind::kScalar || shape.kind == Kind::kTime || shape.kind == Kind::kLength;
}

std::string JsonOf(const Message& message, MessageJson& json) {
  std::string document;
  if (MaybeFault fault = json.Write(message, document))
    return "(no JSON: " + FaultText(*fault, *message.GetDescriptor()) + ")";
  return document;
}

// A scalar as `style` has it. A bytes value as an item takes it, so that it can be sent again.
std::string TextOf(const FieldValue& value, ScalarStyle style) {
  std::string text;
  const bool is_string = value.field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  if (style == ScalarStyle::kJson || !is_string) {
    AppendScalar(value, style, text);
    return text;
  }
  std::string scratch;
  const std::string& stored = StringIn(value, scratch);
  return value.field.type() == FieldDescriptor::TYPE_BYTES ? "b64:" + EncodeBase64(stored) : stored;
}

size_t FieldCount(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields.size();
}

// The text of a document that is a JSON string.
std::string Unquoted(std::string text) {
  return text.size() >= 2 && text.front() == '"' ? text.substr(1, text.size() - 2) : text;
}

void LookAtMessage(const Message& message, const ValueShape& shape, MessageJson* json, ActualValue& actual) {
  if (shape.kind == Kind::kScalar) {  // a wrapper
    const FieldValue inside{message, *shape.field};
    actual.typed = StoredScalar(inside);
    actual.text = TextOf(inside, ScalarStyle::kText);
    actual.json = TextOf(inside, ScalarStyle::kJson);
    if (const auto* text = std::get_if<std::string>(&std::get<ScalarValue>(*actual.typed)))
      actual.size = text->size();
    return;
  }
  if (IsTyped(shape)) actual.typed = InstantIn(message);
  actual.size = FieldCount(message);
  if (json == nullptr) return;
  actual.json = JsonOf(message, *json);
  actual.text = Unquoted(actual.json);
}

void LookAtScalar(const FieldValue& value, ActualValue& actual) {
  ScalarValue scalar = StoredScalar(value);
  if (const auto* text = std::get_if<std::string>(&scalar)) actual.size = text->size();
  actual.typed = std::move(scalar);
  actual.text = TextOf(value, ScalarStyle::kText);
  actual.json = TextOf(value, ScalarStyle::kJson);
}

void LookAtElements(const FieldValue& list, MessageJson* json, ActualValue& actual) {
  const bool typed = IsTyped(ShapeOfElement(list.field));
  for (int i = 0; i < static_cast<int>(actual.size); ++i) {
    const FieldValue element{list.message, list.field, i};
    if (typed) actual.elements.push_back(TypedIn(element));
    if (!typed && json != nullptr) actual.element_documents.push_back(JsonOf(MessageIn(element), *json));
  }
}

void LookAtAll(const FieldValue& value, MessageJson* json, ActualValue& actual) {
  if (value.field.is_map()) {
    for (const Message* entry : SortedMapEntries(value.message, value.field))
      actual.elements.push_back(StoredScalar({*entry, *value.field.message_type()->map_key()}));
    actual.size = actual.elements.size();
  } else {
    actual.size = static_cast<size_t>(value.message.GetReflection()->FieldSize(value.message, &value.field));
    LookAtElements(value, json, actual);
  }
  actual.present = actual.size > 0;
  if (json == nullptr) return;
  if (MaybeFault fault = json->WriteField(value.message, value.field, actual.json))
    actual.json = "(no JSON: " + FaultText(*fault, *value.message.GetDescriptor()) + ")";
  actual.text = actual.json;
}

}  // namespace

namespace {

ValueShape ShapeBehind(const FormatStep& last) {
  switch (last.choice) {
    case Choice::kWhole:
      return ShapeOfField(*last.field);
    case Choice::kElement:
      return ShapeOfElement(*last.field);
    case Choice::kMapValue:
      return ShapeOfElement(*last.field->message_type()->map_value());
    case Choice::kContent:
      break;
  }
  return ShapeOfMessage(*last.content);
}

}  // namespace

MessagePlace::MessagePlace(std::vector<FormatStep> steps, ValueShape shape, const KnownTypes& known)
    : steps_(std::move(steps)), shape_(shape), contents_(steps_.size()) {
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].choice == Choice::kContent)
      contents_[i] = std::make_shared<MessageParser>(*steps_[i].content, known);
  }
}

Result<MessagePlace> MessagePlace::Parse(std::string_view path, const Descriptor& type,
                                         const KnownTypes& known, const TypeFinder& find_content) {
  if (path == ".") return MessagePlace({}, ShapeOfMessage(type), known);
  Result<std::vector<FormatStep>> steps =
      ParseFormatPath(path.substr(1), type, known.find_named_extension, find_content);
  if (!steps) return Error{ErrorKind::kUsage, "." + steps.error().message, steps.error().hint};
  const ValueShape shape = ShapeBehind(steps->back());
  return MessagePlace(std::move(*steps), shape, known);
}

// Whether what is in `any` is of the type that the step says.
bool MessagePlace::HoldsContent(const Message& any, size_t step) const {
  std::string scratch;
  const std::string& url = StringIn({any, *any.GetDescriptor()->FindFieldByNumber(1)}, scratch);
  return std::string_view(url).substr(url.rfind('/') + 1) == steps_[step].content->full_name();
}

// The message of that type in `any`, good until the next look; null where its bytes are none.
const Message* MessagePlace::ContentOf(const Message& any, size_t step) const {
  const Descriptor& type = *any.GetDescriptor();
  std::string scratch;
  MessageParser& parser = *contents_[step];
  return parser.Parse(StringIn({any, *type.FindFieldByNumber(2)}, scratch)) ? nullptr : &parser.message();
}

ActualValue UnparsedValue(const Descriptor& type) {
  ActualValue actual;
  actual.fault = "does not parse as " + type.full_name();
  return actual;
}

ActualValue MessagePlace::Look(const Message& message, MessageJson* json) const {
  ActualValue actual;
  const Message* inside = &message;
  std::optional<FieldValue> value;  // none where it is a message by itself
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (value) inside = &MessageIn(*value);
    value.reset();
    if (steps_[i].choice == Choice::kContent) {
      if (!HoldsContent(*inside, i)) return actual;
      inside = ContentOf(*inside, i);
      if (inside == nullptr) return UnparsedValue(*steps_[i].content);
    } else if (std::optional<FieldValue> chosen = ChosenValue(*inside, steps_[i])) {
      value.emplace(*chosen);
    } else {
      return actual;
    }
  }
  actual.there = true;
  actual.present = true;
  if (!value) {
    LookAtMessage(*inside, shape_, json, actual);
    return actual;
  }
  const bool whole = steps_.back().choice == Choice::kWhole;
  if (whole && value->field.is_repeated()) {
    LookAtAll(*value, json, actual);
    return actual;
  }
  if (whole) actual.present = value->message.GetReflection()->HasField(value->message, &value->field);
  if (value->field.message_type() != nullptr) {
    LookAtMessage(MessageIn(*value), shape_, json, actual);
  } else {
    LookAtScalar(*value, actual);
  }
  return actual;
}

}  // namespace rpcctl
