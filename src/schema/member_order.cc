#include "schema/member_order.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "schema/edition_raising.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::SourceLocation;

template <typename Declaration>
bool Locate(const Declaration* declaration, SourceLocation& location) {
  return declaration != nullptr && declaration->GetSourceLocation(&location);
}

// Sorted by their places, when each has one.
std::vector<Symbol> BySource(std::vector<Symbol> members) {
  std::vector<std::pair<std::pair<int, int>, Symbol>> placed;
  for (const Symbol& member : members) {
    SourceLocation at;
    const bool found = Locate(member.message, at) || Locate(member.enumeration, at) ||
                       Locate(member.field, at) || Locate(member.oneof, at) || Locate(member.service, at);
    if (!found) return members;
    placed.push_back({{at.start_line, at.start_column}, member});
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::ranges::transform(placed, members.begin(), [](const auto& each) { return each.second; });
  return members;
}

// Enums, types and extensions, which messages and files hold alike.
template <typename Parent>
void AppendNested(const Parent& parent, const std::set<const Descriptor*>& brought_along, int types,
                  const Descriptor* (Parent::*type)(int) const, std::vector<Symbol>& members) {
  for (int i = 0; i < parent.enum_type_count(); ++i) members.push_back({.enumeration = parent.enum_type(i)});
  for (int i = 0; i < types; ++i) {
    const Descriptor* nested = (parent.*type)(i);
    if (!brought_along.contains(nested)) members.push_back({.message = nested});
  }
  for (int i = 0; i < parent.extension_count(); ++i) members.push_back({.field = parent.extension(i)});
}

template <typename Parent>
void CollectGroups(const Parent& parent, std::set<const Descriptor*>& brought_along) {
  for (int i = 0; i < parent.extension_count(); ++i) {
    if (IsGroup(*parent.extension(i))) brought_along.insert(parent.extension(i)->message_type());
  }
}

}  // namespace

std::vector<Symbol> MembersInOrder(const Descriptor& message) {
  std::vector<Symbol> members;
  std::set<const Descriptor*> brought_along;
  CollectGroups(message, brought_along);
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (IsGroup(field) || field.is_map()) brought_along.insert(field.message_type());
    const auto* oneof = field.real_containing_oneof();
    if (oneof == nullptr) {
      members.push_back({.field = &field});
    } else if (oneof->field(0) == &field) {
      members.push_back({.oneof = oneof});
    }
  }
  AppendNested(message, brought_along, message.nested_type_count(), &Descriptor::nested_type, members);
  return BySource(std::move(members));
}

std::vector<Symbol> MembersInOrder(const FileDescriptor& file) {
  std::vector<Symbol> members;
  std::set<const Descriptor*> brought_along;
  CollectGroups(file, brought_along);
  AppendNested(file, brought_along, file.message_type_count(), &FileDescriptor::message_type, members);
  for (int i = 0; i < file.service_count(); ++i) members.push_back({.service = file.service(i)});
  return BySource(std::move(members));
}

bool IsGroup(const FieldDescriptor& field) {
  if (field.type() != FieldDescriptor::TYPE_GROUP || LoweredFrom(*field.file()) != 0) return false;
  const Descriptor* type = field.message_type();
  const Descriptor* scope = field.is_extension() ? field.extension_scope() : field.containing_type();
  return type->file() == field.file() && type->containing_type() == scope &&
         ToLowerAscii(type->name()) == field.name();
}

}  // namespace rpcctl
