#include "message/request_template.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <string_view>

#include "base/shell_word.h"
#include "message/json_form.h"
#include "message/json_layout.h"
#include "message/json_string.h"
#include "message/template_comment.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Kind = TemplateNode::Kind;

constexpr std::string_view kTypeUrlPrefix = "type.googleapis.com/";

std::string JsonNameOf(const TemplateNode& node) {
  const FieldDescriptor& field = *node.field;
  if (field.is_extension()) return "[" + field.full_name() + "]";
  return node.json_name_shared ? field.name() : field.json_name();
}

std::string NameInPath(const TemplateNode& node) {
  const FieldDescriptor& field = *node.field;
  return field.is_extension() ? "[" + field.full_name() + "]" : field.name();
}

std::string KeyOf(const FieldDescriptor& map) {
  return KeyPlaceholder(*map.message_type()->map_key());
}

bool IsList(const FieldDescriptor& field) {
  return field.is_repeated() && !field.is_map();
}

// ---- a root with a JSON form of its own, whose items are its fields all the same ----

struct WellKnownRoot {
  JsonForm form;
  std::string_view json;
  std::string_view item;  // empty for none
};

constexpr WellKnownRoot kWellKnownRoots[] = {
    {JsonForm::kTimestamp, R"("2026-01-01T00:00:00Z")", "seconds=1767225600"},
    {JsonForm::kDuration, R"("0s")", "seconds=0"},
    {JsonForm::kFieldMask, R"("")", ""},
    {JsonForm::kStruct, "{}", ""},
    {JsonForm::kValue, R"("")", "string_value="},
    {JsonForm::kListValue, "[]", ""},
    {JsonForm::kAny, R"({"@type": "type.googleapis.com/google.protobuf.Empty"})",
     "type_url=type.googleapis.com/google.protobuf.Empty"},
};

const WellKnownRoot* FindWellKnownRoot(const Descriptor& type) {
  const JsonForm form = JsonFormOf(type);
  for (const WellKnownRoot& root : kWellKnownRoots) {
    if (root.form == form) return &root;
  }
  return nullptr;
}

// ---- JSON ----

class JsonTemplate final {
 public:
  JsonTemplate() : sink_(JsonLayout::kIndented, text_) {}

  std::string_view text() const { return text_.view(); }

  // One value: that of an element, where the field is repeated.
  void Value(const TemplateNode& node) {
    if (node.kind == Kind::kValue) {
      text_ += node.value.json;
      return;
    }
    sink_.BeginObject();
    if (node.kind == Kind::kAny) {
      sink_.StartMember("\"@type\"");
      text_ += fmt::format("\"{}{}\"", kTypeUrlPrefix, kAnyPlaceholderType);
    }
    for (const TemplateNode& field : node.fields) Field(field);
    sink_.EndObject();
  }

 private:
  void Field(const TemplateNode& node) {
    Member(JsonNameOf(node));
    if (node.field->is_map()) {
      sink_.BeginObject();
      Member(KeyOf(*node.field));
      Value(node);
      sink_.EndObject();
    } else if (node.field->is_repeated()) {
      sink_.BeginList();
      sink_.StartElement();
      Value(node);
      sink_.EndList();
    } else {
      Value(node);
    }
  }

  void Member(std::string_view name) {
    std::string quoted;
    AppendJsonString(name, quoted);
    sink_.StartMember(quoted);
  }

  TextBuffer text_;
  JsonSink sink_;
};

// ---- paths ----

// Calls `visit(node, path, element)` for each field at any depth, outer before inner: `path` names the field,
// `element` the one value in it.
template <typename NameOf, typename Visit>
void VisitFields(const TemplateNode& message, const std::string& prefix, NameOf name_of, Visit visit) {
  for (const TemplateNode& node : message.fields) {
    const std::string path = prefix + name_of(node);
    std::string element = path;
    if (node.field->is_map()) element += "." + KeyOf(*node.field);
    if (IsList(*node.field)) element += ".0";
    visit(node, path, element);
    VisitFields(node, element + ".", name_of, visit);
  }
}

// The item that sets the one value of a field; empty for a message whose fields do.
std::string ItemFor(const TemplateNode& node, const std::string& path, const std::string& element) {
  if (node.kind == Kind::kAny) return fmt::format("{}.@type={}", element, kAnyPlaceholderType);
  if (node.kind == Kind::kMessage) return node.fields.empty() ? element + ":={}" : "";
  const bool is_json = node.value.item_kind == ItemValue::kJson;
  if (!IsList(*node.field)) return element + (is_json ? ":=" : "=") + node.value.item;
  // One more like it is one more line.
  return path + (is_json ? "+:=" : "=") + node.value.item;
}

std::string CommentLines(std::string_view mark, const TemplateNode& node, const std::string& path) {
  std::string lines;
  for (const std::string& line : TemplateComment(node, path)) lines += fmt::format("{} {}\n", mark, line);
  return lines;
}

std::string RootItem(const Descriptor& type) {
  if (JsonFormOf(type) == JsonForm::kWrapper) return "value=" + WellKnownPlaceholder(type).item;
  const WellKnownRoot* root = FindWellKnownRoot(type);
  return std::string(root->item);
}

}  // namespace

std::string TemplateAsJson(const TemplateTree& tree) {
  const Descriptor& type = *tree.root.type;
  if (JsonFormOf(type) == JsonForm::kWrapper) return WellKnownPlaceholder(type).json;
  if (const WellKnownRoot* root = FindWellKnownRoot(type)) return std::string(root->json);
  JsonTemplate json;
  json.Value(tree.root);
  return std::string(json.text());
}

std::string TemplateJsonComments(const TemplateTree& tree) {
  std::string text;
  if (JsonFormOf(*tree.root.type) != JsonForm::kObject) return text;
  VisitFields(tree.root, "", JsonNameOf, [&](const TemplateNode& node, const std::string& path, auto&) {
    text += CommentLines("//", node, path);
  });
  return text;
}

std::string TemplateAsItems(const TemplateTree& tree, TemplateComments comments) {
  std::string text;
  const auto add = [&](const std::string& item) {
    if (!item.empty()) text += ShellWord(item) + "\n";
  };
  if (JsonFormOf(*tree.root.type) != JsonForm::kObject) {
    add(RootItem(*tree.root.type));
    return text;
  }
  VisitFields(tree.root, "", NameInPath,
              [&](const TemplateNode& node, const std::string& path, const std::string& element) {
                if (comments == TemplateComments::kOn) text += CommentLines("#", node, path);
                add(ItemFor(node, path, element));
              });
  return text;
}

}  // namespace rpcctl
