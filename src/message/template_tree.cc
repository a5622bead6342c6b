#include "message/template_tree.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "message/json_form.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsShown(const FieldDescriptor& field) {
  return field.real_containing_oneof() == nullptr || field.index_in_oneof() == 0;
}

// What a type has to show, found out once.
struct Members {
  std::vector<const FieldDescriptor*> shown;
  std::vector<const FieldDescriptor*> required;
  std::unordered_set<const FieldDescriptor*> sharing;  // their JSON name with another
};

std::vector<const FieldDescriptor*> ExtensionsOf(const Descriptor& type) {
  std::vector<const FieldDescriptor*> extensions;
  // In the type's own pool, where the paths of items find them too.
  if (type.extension_range_count() > 0) type.file()->pool()->FindAllExtensions(&type, &extensions);
  std::ranges::sort(extensions, {}, &FieldDescriptor::number);
  return extensions;
}

Members MembersOf(const Descriptor& type) {
  Members members;
  std::unordered_map<std::string_view, const FieldDescriptor*> by_json_name;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (IsShown(*field)) members.shown.push_back(field);
    if (field->is_required()) members.required.push_back(field);
    const auto [other, is_new] = by_json_name.try_emplace(field->json_name(), field);
    if (!is_new) members.sharing.insert({field, other->second});
  }
  for (const FieldDescriptor* field : ExtensionsOf(type)) members.shown.push_back(field);
  return members;
}

// What stands behind the key of a map, else the field itself.
const FieldDescriptor& ElementOf(const FieldDescriptor& field) {
  return field.is_map() ? *field.message_type()->map_value() : field;
}

TemplateNode NodeFor(const FieldDescriptor& field) {
  TemplateNode node;
  node.field = &field;
  const FieldDescriptor& element = ElementOf(field);
  const Descriptor* type = element.message_type();
  const JsonForm form = type == nullptr ? JsonForm::kObject : JsonFormOf(*type);
  if (form == JsonForm::kAny) {
    node.kind = TemplateNode::Kind::kAny;
  } else if (type == nullptr) {
    node.value = DefaultPlaceholder(element);
  } else if (form == JsonForm::kObject) {
    node.kind = TemplateNode::Kind::kMessage;
    node.type = type;
  } else {
    node.value = WellKnownPlaceholder(*type);
  }
  return node;
}

// What may still be taken.
struct Allowance {
  size_t fields = 0;
  size_t bytes = 0;

  bool Take(size_t cost) {
    if (fields == 0 || bytes < cost) return false;
    --fields;
    bytes -= cost;
    return true;
  }
};

using Closed = TemplateNode::Closed;

// A message that waits for being opened.
struct Pending {
  TemplateNode* node = nullptr;
  const Pending* outer = nullptr;
  size_t level = 0;
  size_t path_bytes = 0;
  Closed closed = Closed::kNot;  // otherwise it shows its required fields alone
};

bool IsInsideItself(const Pending& pending) {
  for (const Pending* outer = pending.outer; outer != nullptr; outer = outer->outer) {
    if (outer->node->type == pending.node->type) return true;
  }
  return false;
}

size_t LongestName(const FieldDescriptor& field) {
  const std::string& name = field.is_extension() ? field.full_name() : field.name();
  return std::max(name.size(), field.json_name().size());
}

// Level by level, so that what is near the root comes before what is far.
class Grower final {
 public:
  explicit Grower(const TemplateLimits& limits)
      : limits_(limits), allowed_{limits.fields, limits.bytes}, reserve_(allowed_) {}

  TemplateTree Grow(const Descriptor& type) {
    TemplateTree tree;
    tree.root.type = &type;
    tree.root.kind = TemplateNode::Kind::kMessage;
    pending_.push_back({&tree.root});
    for (size_t next = 0; next < pending_.size(); ++next) Open(pending_[next]);
    tree.cut = cut_;
    return tree;
  }

 private:
  const Members& Of(const Descriptor& type) {
    const auto [entry, is_new] = members_.try_emplace(&type);
    if (is_new) entry->second = MembersOf(type);
    return entry->second;
  }

  void Open(Pending& pending) {
    const Members& members = Of(*pending.node->type);
    pending.closed = WhyClosed(pending);
    const bool sparse = pending.closed != Closed::kNot;
    const auto& wanted = sparse ? members.required : members.shown;
    if (pending.level < 2 * limits_.levels) AddFields(wanted, members, pending);
    Wait(pending);
    const size_t shown = pending.node->fields.size();
    if (shown < members.shown.size()) pending.node->closed = sparse ? pending.closed : Closed::kCut;
    cut_ = cut_ || shown < wanted.size() || pending.node->closed == Closed::kCut;
  }

  Closed WhyClosed(const Pending& pending) const {
    if (IsInsideItself(pending)) return Closed::kRecursive;
    return exhausted_ || pending.level >= limits_.levels ? Closed::kCut : pending.closed;
  }

  void AddFields(const std::vector<const FieldDescriptor*>& fields, const Members& members,
                 const Pending& pending) {
    for (const FieldDescriptor* field : fields) {
      if (exhausted_ && !field->is_required()) continue;
      TemplateNode node = NodeFor(*field);
      node.json_name_shared = members.sharing.contains(field);
      if (!Take(*field, pending.path_bytes + LongestName(*field) + node.value.json.size())) continue;
      pending.node->fields.push_back(std::move(node));
    }
  }

  // Puts the messages inside at the end of the queue, now that they stay where they are.
  void Wait(const Pending& pending) {
    for (TemplateNode& inner : pending.node->fields) {
      if (inner.kind != TemplateNode::Kind::kMessage) continue;
      pending_.push_back({&inner, &pending, pending.level + 1,
                          pending.path_bytes + LongestName(*inner.field) + 1, pending.closed});
    }
  }

  bool Take(const FieldDescriptor& field, size_t cost) {
    if (!exhausted_ && allowed_.Take(cost)) return true;
    exhausted_ = true;
    return field.is_required() && reserve_.Take(cost);
  }

  const TemplateLimits limits_;
  Allowance allowed_;
  Allowance reserve_;  // for required fields
  bool exhausted_ = false;
  bool cut_ = false;
  std::unordered_map<const Descriptor*, Members> members_;
  std::deque<Pending> pending_;  // those opened stay: they are the way back to the root
};

}  // namespace

TemplateTree GrowTemplate(const Descriptor& type, const TemplateLimits& limits) {
  return Grower(limits).Grow(type);
}

}  // namespace rpcctl
