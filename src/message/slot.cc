#include "message/slot.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <type_traits>

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Reflection's setters of one C++ type: of a field, of an element, and of one more element.
template <typename T, typename Parameter = T>
struct Setters {
  void (Reflection::*set)(Message*, const FieldDescriptor*, Parameter) const;
  void (Reflection::*set_element)(Message*, const FieldDescriptor*, int, Parameter) const;
  void (Reflection::*add)(Message*, const FieldDescriptor*, Parameter) const;

  void Store(const Slot& slot, T value) const {
    const Reflection& reflection = *slot.message->GetReflection();
    if (!slot.field->is_repeated()) {
      (reflection.*set)(slot.message, slot.field, std::move(value));
    } else if (slot.index < reflection.FieldSize(*slot.message, slot.field)) {
      (reflection.*set_element)(slot.message, slot.field, slot.index, std::move(value));
    } else {
      (reflection.*add)(slot.message, slot.field, std::move(value));
    }
  }
};

constexpr Setters<bool> SettersFor(bool) {
  return {&Reflection::SetBool, &Reflection::SetRepeatedBool, &Reflection::AddBool};
}
constexpr Setters<int32_t> SettersFor(int32_t) {
  return {&Reflection::SetInt32, &Reflection::SetRepeatedInt32, &Reflection::AddInt32};
}
constexpr Setters<int64_t> SettersFor(int64_t) {
  return {&Reflection::SetInt64, &Reflection::SetRepeatedInt64, &Reflection::AddInt64};
}
constexpr Setters<uint32_t> SettersFor(uint32_t) {
  return {&Reflection::SetUInt32, &Reflection::SetRepeatedUInt32, &Reflection::AddUInt32};
}
constexpr Setters<uint64_t> SettersFor(uint64_t) {
  return {&Reflection::SetUInt64, &Reflection::SetRepeatedUInt64, &Reflection::AddUInt64};
}
constexpr Setters<float> SettersFor(float) {
  return {&Reflection::SetFloat, &Reflection::SetRepeatedFloat, &Reflection::AddFloat};
}
constexpr Setters<double> SettersFor(double) {
  return {&Reflection::SetDouble, &Reflection::SetRepeatedDouble, &Reflection::AddDouble};
}
constexpr Setters<int> EnumSetters() {
  return {&Reflection::SetEnumValue, &Reflection::SetRepeatedEnumValue, &Reflection::AddEnumValue};
}
constexpr Setters<std::string> StringSetters() {
  return {&Reflection::SetString, &Reflection::SetRepeatedString, &Reflection::AddString};
}

struct Storer {
  const Slot& slot;
  void operator()(EnumNumber value) const { EnumSetters().Store(slot, value.number); }
  void operator()(const std::string& value) const { StringSetters().Store(slot, value); }
  template <typename T>
  void operator()(T value) const {
    SettersFor(value).Store(slot, value);
  }
};

// The key of one entry of a map. Keys are of these types only.
ScalarValue KeyOf(const Message& entry, const FieldDescriptor& key) {
  const Reflection& reflection = *entry.GetReflection();
  switch (key.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.GetInt32(entry, &key);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.GetInt64(entry, &key);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.GetUInt32(entry, &key);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.GetUInt64(entry, &key);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(entry, &key);
    default:
      return reflection.GetString(entry, &key);
  }
}

}  // namespace

int ListSize(const Message& message, const FieldDescriptor& field) {
  return message.GetReflection()->FieldSize(message, &field);
}

Slot MapValueSlot(Message& message, const FieldDescriptor& field, const ScalarValue& key) {
  const FieldDescriptor* key_field = field.message_type()->map_key();
  const FieldDescriptor* value_field = field.message_type()->map_value();
  // Entries are reached as elements of a repeated field only: pointers to them stay good.
  for (int i = 0; i < ListSize(message, field); ++i) {
    Message* entry = message.GetReflection()->MutableRepeatedMessage(&message, &field, i);
    if (KeyOf(*entry, *key_field) == key) return {entry, value_field, -1};
  }
  Message* entry = message.GetReflection()->AddMessage(&message, &field);
  StoreScalar({entry, key_field, -1}, key);
  return {entry, value_field, -1};
}

void StoreScalar(const Slot& slot, const ScalarValue& value) {
  std::visit(Storer{slot}, value);
}

Message& MessageIn(const Slot& slot) {
  const Reflection& reflection = *slot.message->GetReflection();
  if (!slot.field->is_repeated()) return *reflection.MutableMessage(slot.message, slot.field);
  if (slot.index < ListSize(*slot.message, *slot.field)) {
    return *reflection.MutableRepeatedMessage(slot.message, slot.field, slot.index);
  }
  return *reflection.AddMessage(slot.message, slot.field);
}

}  // namespace rpcctl
