#include "message/map_entries.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>

#include "message/scalar_text.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::UnknownFieldSet;

bool KeyIsLess(const Message& a, const Message& b) {
  const FieldDescriptor* key = a.GetDescriptor()->map_key();
  const Reflection& from = *a.GetReflection();
  switch (key->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return from.GetInt32(a, key) < from.GetInt32(b, key);
    case FieldDescriptor::CPPTYPE_INT64:
      return from.GetInt64(a, key) < from.GetInt64(b, key);
    case FieldDescriptor::CPPTYPE_UINT32:
      return from.GetUInt32(a, key) < from.GetUInt32(b, key);
    case FieldDescriptor::CPPTYPE_UINT64:
      return from.GetUInt64(a, key) < from.GetUInt64(b, key);
    case FieldDescriptor::CPPTYPE_BOOL:
      return from.GetBool(a, key) < from.GetBool(b, key);
    default: {
      std::string scratch_a, scratch_b;
      return from.GetStringReference(a, key, &scratch_a) < from.GetStringReference(b, key, &scratch_b);
    }
  }
}

// A value that its closed enum does not have makes the whole entry an unknown field; the parser for dynamic
// messages puts only the value aside.
bool IsKnown(const Message& entry) {
  const FieldDescriptor* value = entry.GetDescriptor()->map_value();
  if (value->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return true;
  const UnknownFieldSet& unknown = entry.GetReflection()->GetUnknownFields(entry);
  for (int i = 0; i < unknown.field_count(); ++i) {
    if (unknown.field(i).number() == value->number()) return false;
  }
  return true;
}

}  // namespace

std::vector<const Message*> SortedMapEntries(const Message& message, const FieldDescriptor& field) {
  const Reflection& from = *message.GetReflection();
  const int size = from.FieldSize(message, &field);
  std::vector<const Message*> entries;
  entries.reserve(static_cast<size_t>(size));
  // Backwards, so that unique() keeps the last of equal keys.
  for (int i = size - 1; i >= 0; --i) {
    const Message& entry = from.GetRepeatedMessage(message, &field, i);
    if (IsKnown(entry)) entries.push_back(&entry);
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Message* a, const Message* b) { return KeyIsLess(*a, *b); });
  const auto same = [](const Message* a, const Message* b) {
    return !KeyIsLess(*a, *b) && !KeyIsLess(*b, *a);
  };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
  return entries;
}

std::string MapKeyText(const Message& entry) {
  const FieldDescriptor& key = *entry.GetDescriptor()->map_key();
  std::string text;
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return StringIn({entry, key}, text);
  AppendScalar({entry, key}, ScalarStyle::kText, text);
  return text;
}

}  // namespace rpcctl
