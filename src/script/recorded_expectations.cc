#include "script/recorded_expectations.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "message/map_entries.h"
#include "message/message_json.h"
#include "message/scalar_text.h"
#include "script/message_place.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Kind = ValueShape::Kind;

constexpr int kMostLevels = 20;
constexpr size_t kMostTextBytes = 200;

// Whether `text` begins as `pattern` says: 'h' is a hexadecimal digit, 'd' a decimal one, anything else
// itself.
bool BeginsAs(std::string_view pattern, std::string_view text) {
  if (text.size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = text[i];
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_hex = is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (pattern[i] == 'd' ? !is_digit : pattern[i] == 'h' ? !is_hex : c != pattern[i]) return false;
  }
  return true;
}

// Whether a server makes such a text anew each time.
bool IsVolatile(std::string_view text) {
  constexpr std::string_view kUuid = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
  return (text.size() == kUuid.size() && BeginsAs(kUuid, text)) || BeginsAs("dddd-dd-ddTdd:dd:dd", text);
}

class Recorder final {
 public:
  Recorder(const Message& message, MessageJson& json, size_t most)
      : root_(message), json_(json), most_(most) {}

  void AddFields(const Message& message, const std::string& prefix, int level);
  std::vector<std::string> lines;

 private:
  void AddField(const Message& message, const FieldDescriptor& field, const std::string& path, int level);
  void AddMap(const Message& message, const FieldDescriptor& field, const std::string& path, int level);
  void AddValue(const FieldValue& value, const std::string& path, int level);
  void AddLine(const std::string& path, bool is_time);

  const Message& root_;
  MessageJson& json_;
  const size_t most_;
};

void Recorder::AddFields(const Message& message, const std::string& prefix, int level) {
  if (level > kMostLevels) return;
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (lines.size() >= most_) return;
    if (!field->is_extension()) AddField(message, *field, prefix + "." + field->name(), level);
  }
}

void Recorder::AddField(const Message& message, const FieldDescriptor& field, const std::string& path,
                        int level) {
  if (field.is_map()) return AddMap(message, field, path, level);
  if (!field.is_repeated()) return AddValue({message, field}, path, level);
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size && lines.size() < most_; ++i)
    AddValue({message, field, i}, fmt::format("{}[{}]", path, i), level);
}

void Recorder::AddMap(const Message& message, const FieldDescriptor& field, const std::string& path,
                      int level) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  for (const Message* entry : SortedMapEntries(message, field)) {
    const std::string key = MapKeyText(*entry);
    if (key.empty() || key.find_first_not_of(kPlain) != std::string::npos) continue;
    AddValue({*entry, *field.message_type()->map_value()}, path + "." + key, level);
    if (lines.size() >= most_) return;
  }
}

void Recorder::AddValue(const FieldValue& value, const std::string& path, int level) {
  if (value.field.type() == FieldDescriptor::TYPE_BYTES || lines.size() >= most_) return;
  const ValueShape shape = ShapeOfElement(value.field);
  if (shape.kind != Kind::kMessage) return AddLine(path, shape.kind == Kind::kTime);
  // Any, Struct and their kin have a form of their own.
  const bool is_well_known = shape.type->file()->package() == "google.protobuf";
  if (!is_well_known) AddFields(MessageIn(value), path, level + 1);
}

void Recorder::AddLine(const std::string& path, bool is_time) {
  const Result<MessagePlace> place = MessagePlace::Parse(path, *root_.GetDescriptor(), {}, {});
  if (!place) return;
  const std::string text = place->Look(root_, &json_).text;
  if (is_time || IsVolatile(text)) {
    lines.push_back("expect " + path + " exists");
  } else if (text.size() <= kMostTextBytes && SafeText(text) == text) {
    lines.push_back("expect " + path + " == " + ShellWord(text));
  }
}

}  // namespace

std::vector<std::string> ExpectationsOf(const Message& message, MessageJson& json, size_t most) {
  Recorder recorder(message, json, most);
  recorder.AddFields(message, "", 1);
  return std::move(recorder.lines);
}

}  // namespace rpcctl
