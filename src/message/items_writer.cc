#include "message/items_writer.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "base/base64.h"
#include "base/safe_text.h"
#include "message/json_form.h"
#include "message/map_entries.h"
#include "message/message_json.h"
#include "message/message_parser.h"
#include "message/scalar_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Words = std::vector<std::string>;

constexpr std::string_view kSimple = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

// How a path names the map key: ".key", "[a.b/c]", or nothing where a path cannot.
std::optional<std::string> KeyStep(const std::string& key) {
  if (!key.empty() && key.find_first_not_of(kSimple) == std::string::npos) return "." + key;
  if (key.find_first_of("]=:+@") != std::string::npos || SafeText(key) != key) return std::nullopt;
  return "[" + key + "]";
}

std::string NameOf(const FieldDescriptor& field) {
  return field.is_extension() ? "[" + field.PrintableNameForExtension() + "]" : field.name();
}

bool IsText(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

// Whether `text` can stand behind "=" as it is: JSON has escapes for what is not safe to show.
bool CanBeTyped(std::string_view text) {
  return !text.starts_with('@') && SafeText(text) == text;
}

// The text behind "=" that a scalar is read from; nothing where only JSON will do.
std::optional<std::string> ScalarWord(const FieldValue& value) {
  std::string scratch;
  if (value.field.type() == FieldDescriptor::TYPE_BYTES)
    return "b64:" + EncodeBase64(StringIn(value, scratch));
  if (IsText(value.field)) {
    const std::string& text = StringIn(value, scratch);
    return CanBeTyped(text) ? std::optional(text) : std::nullopt;
  }
  const auto* enumeration = value.field.enum_type();
  if (enumeration != nullptr && enumeration->full_name() == "google.protobuf.NullValue") return "NULL_VALUE";
  AppendScalar(value, ScalarStyle::kText, scratch);
  return scratch;
}

// Whether every key of the map can be named by a path.
bool HasNameableKeys(const std::vector<const Message*>& entries) {
  for (const Message* entry : entries) {
    if (!KeyStep(MapKeyText(*entry))) return false;
  }
  return true;
}

}  // namespace

struct ItemsWriter::Parts {
  Parts(const Descriptor& type, KnownTypes known)
      : parser(type, std::move(known)), message_json(parser.known()) {}

  MaybeFault AddFields(const Message& message, const std::string& prefix);
  MaybeFault AddField(const Message& message, const FieldDescriptor& field, const std::string& path);
  MaybeFault AddList(const Message& message, const FieldDescriptor& field, const std::string& path);
  MaybeFault AddMap(const Message& message, const FieldDescriptor& field, const std::string& path);
  MaybeFault AddValue(const FieldValue& value, const std::string& path);
  MaybeFault AddScalar(const FieldValue& value, const std::string& path, std::string_view append);
  MaybeFault AddMessage(const Message& message, const std::string& path);
  MaybeFault AddJson(const Message& message, const std::string& path);

  MessageParser parser;
  MessageJson message_json;
  Words words;
};

// `prefix` ends in a dot where it is not empty.
MaybeFault ItemsWriter::Parts::AddFields(const Message& message, const std::string& prefix) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (MaybeFault fault = AddField(message, *field, prefix + NameOf(*field))) return fault;
  }
  return std::nullopt;
}

MaybeFault ItemsWriter::Parts::AddField(const Message& message, const FieldDescriptor& field,
                                        const std::string& path) {
  if (field.is_map()) return AddMap(message, field, path);
  if (field.is_repeated()) return AddList(message, field, path);
  return AddValue({message, field}, path);
}

MaybeFault ItemsWriter::Parts::AddList(const Message& message, const FieldDescriptor& field,
                                       const std::string& path) {
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    // Scalars are appended one after another; messages need their index, to be looked into.
    const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    MaybeFault fault = is_message ? AddMessage(MessageIn({message, field, i}), fmt::format("{}.{}", path, i))
                                  : AddScalar({message, field, i}, path, i == 0 ? "" : "+");
    if (fault) return std::move(*fault).Inside(field, IndexPlace(i));
  }
  return std::nullopt;
}

MaybeFault ItemsWriter::Parts::AddMap(const Message& message, const FieldDescriptor& field,
                                      const std::string& path) {
  const std::vector<const Message*> entries = SortedMapEntries(message, field);
  if (!HasNameableKeys(entries)) {
    words.push_back(path + ":=");
    return message_json.WriteField(message, field, words.back());
  }
  for (const Message* entry : entries) {
    const std::string key = MapKeyText(*entry);
    if (MaybeFault fault = AddValue({*entry, *field.message_type()->map_value()}, path + *KeyStep(key)))
      return std::move(*fault).Inside(field, KeyPlace(key));
  }
  return std::nullopt;
}

MaybeFault ItemsWriter::Parts::AddValue(const FieldValue& value, const std::string& path) {
  if (value.field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return AddMessage(MessageIn(value), path);
  return AddScalar(value, path, "");
}

// `append` is "+" where the value is one more of a list; as JSON an element has to be appended to the first
// even: ":=" alone takes the whole list.
MaybeFault ItemsWriter::Parts::AddScalar(const FieldValue& value, const std::string& path,
                                         std::string_view append) {
  if (const std::optional<std::string> text = ScalarWord(value)) {
    words.push_back(fmt::format("{}{}={}", path, append, *text));
    return std::nullopt;
  }
  std::string json;
  AppendScalar(value, ScalarStyle::kJson, json);
  words.push_back(fmt::format("{}{}:={}", path, value.index >= 0 ? "+" : "", json));
  return std::nullopt;
}

MaybeFault ItemsWriter::Parts::AddMessage(const Message& message, const std::string& path) {
  const JsonForm form = JsonFormOf(*message.GetDescriptor());
  if (form == JsonForm::kWrapper) return AddValue({message, *message.GetDescriptor()->field(0)}, path);
  if (form != JsonForm::kObject) return AddJson(message, path);
  const size_t before = words.size();
  if (MaybeFault fault = AddFields(message, path + ".")) return fault;
  // Nothing inside is something too.
  if (words.size() == before) words.push_back(path + ":={}");
  return std::nullopt;
}

// Times without the quotes of JSON, everything else of its own form as it is there.
MaybeFault ItemsWriter::Parts::AddJson(const Message& message, const std::string& path) {
  std::string json;
  if (MaybeFault fault = message_json.Write(message, json)) return fault;
  const JsonForm form = JsonFormOf(*message.GetDescriptor());
  const bool is_time = form == JsonForm::kTimestamp || form == JsonForm::kDuration;
  words.push_back(is_time ? fmt::format("{}={}", path, std::string_view(json).substr(1, json.size() - 2))
                          : fmt::format("{}:={}", path, json));
  return std::nullopt;
}

ItemsWriter::ItemsWriter(const Descriptor& type, KnownTypes known)
    : parts_(std::make_unique<Parts>(type, std::move(known))) {}

ItemsWriter::~ItemsWriter() = default;
ItemsWriter::ItemsWriter(ItemsWriter&&) noexcept = default;

Result<Words> ItemsWriter::Write(std::string_view wire) {
  MessageParser& parser = parts_->parser;
  if (const MaybeFault fault = parser.Parse(wire)) return UnparsedError(*fault, parser.type());
  parts_->words.clear();
  if (JsonFormOf(parser.type()) != JsonForm::kObject) {
    std::string json;
    if (const MaybeFault fault = parts_->message_json.Write(parser.message(), json))
      return UnprintableError(*fault, parser.type());
    return Words{json};
  }
  if (const MaybeFault fault = parts_->AddFields(parser.message(), ""))
    return UnprintableError(*fault, parser.type());
  return std::move(parts_->words);
}

}  // namespace rpcctl
