#include "schema/map_entry_names.h"

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <string_view>

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;

char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// "MyMapEntry" for "my_map", as protobuf makes it.
std::string EntryName(std::string_view field_name) {
  std::string name;
  bool begins_word = true;
  for (const char c : field_name) {
    if (c != '_') name += begins_word ? Upper(c) : c;
    begins_word = c == '_';
  }
  return name + "Entry";
}

std::string_view LastPart(std::string_view type_name) {
  return type_name.substr(type_name.rfind('.') + 1);
}

// Whether `field` is the map of the entry type `entry`. A type of the user's may have the very name that the
// server gave the entry: then other fields have that type.
bool IsMapOf(const FieldDescriptorProto& field, const DescriptorProto& entry) {
  return field.label() == FieldDescriptorProto::LABEL_REPEATED &&
         LastPart(field.type_name()) == entry.name() && EntryName(field.name()) == EntryName(entry.name());
}

bool NameEntry(DescriptorProto& entry, DescriptorProto& message) {
  for (FieldDescriptorProto& field : *message.mutable_field()) {
    if (!IsMapOf(field, entry)) continue;
    const std::string scope = field.type_name().substr(0, field.type_name().size() - entry.name().size());
    entry.set_name(EntryName(field.name()));
    field.set_type_name(scope + entry.name());
    return true;
  }
  return false;
}

bool NameEntriesWithin(DescriptorProto& message) {
  bool changed = false;
  for (DescriptorProto& nested : *message.mutable_nested_type()) {
    const bool renamed =
        nested.options().map_entry() ? NameEntry(nested, message) : NameEntriesWithin(nested);
    changed = changed || renamed;
  }
  return changed;
}

}  // namespace

bool NameMapEntries(google::protobuf::FileDescriptorProto& file) {
  bool changed = false;
  for (DescriptorProto& message : *file.mutable_message_type()) {
    const bool renamed = NameEntriesWithin(message);
    changed = changed || renamed;
  }
  return changed;
}

}  // namespace rpcctl
