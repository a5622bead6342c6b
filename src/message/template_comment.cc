#include "message/template_comment.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"
#include "message/features.h"
#include "message/field_type.h"
#include "message/json_form.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;
using google::protobuf::SourceLocation;

constexpr int kListedNames = 12;
constexpr size_t kLongestName = 100;
constexpr size_t kLongestLine = 400;
constexpr size_t kMostLines = 20;

// "A, B and C", or "A, B and 30 more" where there are many.
template <typename NameAt>
std::string List(int count, std::string_view conjunction, NameAt name_at) {
  const int listed = std::min(count, kListedNames);
  std::vector<std::string> names;
  for (int i = 0; i < listed; ++i) names.push_back(SafeExcerpt(name_at(i), kLongestName));
  if (listed < count) names.push_back(fmt::format("{} more", count - listed));
  return JoinForSentence(names, conjunction);
}

std::string EnumNote(const FieldDescriptor& field) {
  const FieldDescriptor& element = field.is_map() ? *field.message_type()->map_value() : field;
  const EnumDescriptor* type = element.enum_type();
  if (type == nullptr) return "";
  const auto name = [&](int i) -> const std::string& { return type->value(i)->name(); };
  return "; " + List(type->value_count(), "or", name);
}

// How a value is written that its type alone does not tell.
std::string_view FormNote(const FieldDescriptor& field) {
  const FieldDescriptor& element = field.is_map() ? *field.message_type()->map_value() : field;
  if (element.message_type() == nullptr) return "";
  switch (JsonFormOf(*element.message_type())) {
    case JsonForm::kAny:
      return "; the name of a type, then its fields";
    case JsonForm::kStruct:
      return "; any JSON object";
    case JsonForm::kListValue:
      return "; any JSON array";
    case JsonForm::kValue:
      return "; any JSON";
    case JsonForm::kFieldMask:
      return "; paths joined by commas";
    default:
      return "";
  }
}

std::string OneofNote(const FieldDescriptor& field) {
  const OneofDescriptor* oneof = field.real_containing_oneof();
  if (oneof == nullptr || oneof->field_count() < 2) return "";
  const auto member = [&](int i) {
    const FieldDescriptor& other = *oneof->field(i + 1);
    return fmt::format("{} ({})", SafeExcerpt(other.name(), kLongestName), FieldTypeName(other));
  };
  return fmt::format("; oneof {}: or instead {}", SafeExcerpt(oneof->name(), kLongestName),
                     List(oneof->field_count() - 1, "or", member));
}

std::string LabelNote(const FieldDescriptor& field) {
  if (field.is_required()) return ", required";
  // proto3 says so by a oneof of its own; in proto2 and in editions nearly every field is optional.
  if (IsOfEdition(*field.file())) return "";
  return field.containing_oneof() != field.real_containing_oneof() ? ", optional" : "";
}

std::string_view ClosedNote(TemplateNode::Closed closed) {
  switch (closed) {
    case TemplateNode::Closed::kNot:
      return "";
    case TemplateNode::Closed::kRecursive:
      return "; inside itself, so it is not opened again";
    case TemplateNode::Closed::kCut:
      return "; not all of it is shown";
  }
  return "";
}

void AddLines(std::string_view comment, std::vector<std::string>& lines) {
  while (!comment.empty() && lines.size() <= kMostLines) {
    const size_t end = std::min(comment.find('\n'), comment.size());
    std::string_view line = comment.substr(0, end);
    comment.remove_prefix(std::min(end + 1, comment.size()));
    while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (!line.empty()) lines.push_back("  " + SafeExcerpt(line, kLongestLine));
  }
}

}  // namespace

std::vector<std::string> TemplateComment(const TemplateNode& node, std::string_view path) {
  const FieldDescriptor& field = *node.field;
  const std::string type = SafeExcerpt(FieldTypeName(field), kLongestLine) + LabelNote(field);
  std::vector<std::string> lines = {fmt::format("{}: {}{}{}{}{}", SafeText(path), type, EnumNote(field),
                                                FormNote(field), OneofNote(field), ClosedNote(node.closed))};
  SourceLocation location;
  if (!field.GetSourceLocation(&location)) return lines;
  AddLines(location.leading_comments, lines);
  AddLines(location.trailing_comments, lines);
  return lines;
}

}  // namespace rpcctl
