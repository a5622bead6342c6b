#include "message/plan.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <iterator>

#include "message/features.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

static_assert(static_cast<int>(ValueKind::kDouble) == FieldDescriptor::TYPE_DOUBLE);
static_assert(static_cast<int>(ValueKind::kSint64) == FieldDescriptor::TYPE_SINT64);
static_assert(static_cast<int>(ValueKind::kSint64) == FieldDescriptor::MAX_TYPE);

constexpr WireType kWireTypes[] = {
    WireType::kVarint,      // there is no type 0
    WireType::kFixed64,     // double
    WireType::kFixed32,     // float
    WireType::kVarint,      // int64
    WireType::kVarint,      // uint64
    WireType::kVarint,      // int32
    WireType::kFixed64,     // fixed64
    WireType::kFixed32,     // fixed32
    WireType::kVarint,      // bool
    WireType::kBytes,       // string
    WireType::kStartGroup,  // group
    WireType::kBytes,       // message
    WireType::kBytes,       // bytes
    WireType::kVarint,      // uint32
    WireType::kVarint,      // enum
    WireType::kFixed32,     // sfixed32
    WireType::kFixed64,     // sfixed64
    WireType::kVarint,      // sint32
    WireType::kVarint,      // sint64
};
static_assert(std::size(kWireTypes) == FieldDescriptor::MAX_TYPE + 1);

FieldPlan MakeFieldOf(uint32_t number, ValueKind kind) {
  FieldPlan field;
  field.kind = kind;
  field.number = number;
  field.wire_type = kWireTypes[static_cast<size_t>(kind)];
  field.tag = MakeTag(number, field.wire_type);
  return field;
}

bool IsMessageSetItem(const FieldDescriptor& field) {
  return field.is_extension() && field.type() == FieldDescriptor::TYPE_MESSAGE && !field.is_repeated() &&
         field.containing_type()->options().message_set_wire_format();
}

void SetFraming(const FieldDescriptor& descriptor, const FieldFeatures& features, FieldPlan& field) {
  const uint32_t number = field.number;
  if (features.delimited) {
    field.framing = Framing::kGroup;
    field.wire_type = WireType::kStartGroup;
    field.tag = MakeTag(number, WireType::kStartGroup);
    field.end_tag = MakeTag(number, WireType::kEndGroup);
  } else if (IsMessageSetItem(descriptor)) {
    field.framing = Framing::kMessageSet;
    field.tag = MakeTag(kMessageSetItem, WireType::kStartGroup);
    field.tag.AppendVarint(kMessageSetTypeId << 3 | static_cast<uint64_t>(WireType::kVarint));
    field.tag.AppendVarint(number);
    field.tag.AppendVarint(kMessageSetMessage << 3 | static_cast<uint64_t>(WireType::kBytes));
    field.end_tag = MakeTag(kMessageSetItem, WireType::kEndGroup);
  }
}

Cardinality CardinalityOf(const FieldDescriptor& descriptor, const FieldFeatures& features) {
  if (descriptor.is_map()) return Cardinality::kMap;
  if (features.packed) return Cardinality::kPacked;
  return descriptor.is_repeated() ? Cardinality::kRepeated : Cardinality::kSingular;
}

void AppendMember(const FieldDescriptor& descriptor, bool proto_names, std::string& member) {
  if (descriptor.is_extension()) {
    AppendJsonString("[" + descriptor.full_name() + "]", member);
  } else {
    AppendJsonString(proto_names ? descriptor.name() : descriptor.json_name(), member);
  }
}

void AddName(std::string_view text, uint32_t field, MessagePlan& type) {
  const auto [entry, is_new] = type.name_index.try_emplace(text, static_cast<uint32_t>(type.names.size()));
  if (is_new) type.names.push_back({text, field});
}

// A JSON name comes before a proto name that is spelled alike, since it is what gets printed. Where two
// fields have one JSON name, it means the one that is declared under it.
void AddNames(MessagePlan& type) {
  const Descriptor& descriptor = *type.descriptor;
  type.names.push_back({});
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (field.json_name() == field.name()) AddName(field.json_name(), static_cast<uint32_t>(i), type);
  }
  for (int i = 0; i < descriptor.field_count(); ++i) {
    AddName(descriptor.field(i)->json_name(), static_cast<uint32_t>(i), type);
  }
  for (int i = 0; i < descriptor.field_count(); ++i) {
    AddName(descriptor.field(i)->name(), static_cast<uint32_t>(i), type);
  }
}

}  // namespace

FieldPlan* MessagePlan::SearchNumber(uint32_t number, size_t& cursor) const {
  const auto found =
      std::lower_bound(by_number.begin(), by_number.end(), number,
                       [](const FieldPlan* field, uint32_t wanted) { return field->number < wanted; });
  if (found == by_number.end() || (*found)->number != number) return nullptr;
  cursor = static_cast<size_t>(found - by_number.begin());
  return *found;
}

PlanTable::PlanTable(KnownTypes known, bool proto_names)
    : known_(std::move(known)), proto_names_(proto_names) {
  dynamic_value_.form = JsonForm::kValue;
  struct_entry_.fields.push_back(MakeFieldOf(1, ValueKind::kString));
  struct_entry_.fields.push_back(MakeFieldOf(2, ValueKind::kMessage));
  struct_entry_.fields.back().type = &dynamic_value_;
  struct_fields_ = MakeFieldOf(1, ValueKind::kMessage);
  struct_fields_.cardinality = Cardinality::kMap;
  struct_fields_.type = &struct_entry_;
  list_values_ = MakeFieldOf(1, ValueKind::kMessage);
  list_values_.cardinality = Cardinality::kRepeated;
  list_values_.type = &dynamic_value_;
}

MessagePlan& PlanTable::Of(const Descriptor& descriptor) {
  std::unique_ptr<MessagePlan>& slot = types_[&descriptor];
  if (slot != nullptr) return *slot;
  slot = std::make_unique<MessagePlan>();
  MessagePlan& type = *slot;
  type.descriptor = &descriptor;
  type.has_extensions = descriptor.extension_range_count() > 0;
  type.is_message_set = descriptor.options().message_set_wire_format();
  type.oneof_count = static_cast<uint32_t>(descriptor.real_oneof_decl_count());
  for (int i = 0; i < descriptor.field_count(); ++i) {
    type.by_number.push_back(&AddField(*descriptor.field(i), type));
  }
  std::sort(type.by_number.begin(), type.by_number.end(),
            [](const FieldPlan* a, const FieldPlan* b) { return a->number < b->number; });
  type.form = JsonFormOf(descriptor);
  if (type.form == JsonForm::kWrapper) {
    type.wrapped = std::make_unique<FieldPlan>(MakeFieldOf(1, type.fields.front().kind));
    type.wrapped->omits_default = true;
    type.wrapped->verify_utf8 = type.fields.front().verify_utf8;
  }
  return type;
}

FieldPlan PlanTable::MakeField(const FieldDescriptor& descriptor) const {
  const auto number = static_cast<uint32_t>(descriptor.number());
  const FieldFeatures features = FeaturesOf(descriptor);
  FieldPlan field =
      MakeFieldOf(number, features.delimited ? ValueKind::kGroup : static_cast<ValueKind>(descriptor.type()));
  field.descriptor = &descriptor;
  field.cardinality = CardinalityOf(descriptor, features);
  if (field.cardinality == Cardinality::kPacked) field.tag = MakeTag(number, WireType::kBytes);
  field.packable = descriptor.is_repeated() && field.wire_type != WireType::kBytes &&
                   field.wire_type != WireType::kStartGroup;
  field.required = descriptor.is_required();
  // A map writes key and value of every entry.
  field.omits_default = features.implicit_presence && !descriptor.containing_type()->options().map_entry();
  field.verify_utf8 = features.verify_utf8;
  if (const auto* oneof = descriptor.real_containing_oneof()) field.oneof = oneof->index();
  SetFraming(descriptor, features, field);
  AppendMember(descriptor, proto_names_, field.member);
  return field;
}

FieldPlan& PlanTable::AddField(const FieldDescriptor& descriptor, MessagePlan& type) const {
  const uint32_t bit = type.BitCount();
  FieldPlan& field = type.fields.emplace_back(MakeField(descriptor));
  field.bit = bit;
  if (field.required) ++type.required_count;
  return field;
}

// One field, whether it was met under its number or under one of its names.
FieldPlan& PlanTable::AddExtension(const FieldDescriptor& descriptor, MessagePlan& type) const {
  FieldPlan*& field = type.extensions[static_cast<uint32_t>(descriptor.number())];
  if (field == nullptr) field = &AddField(descriptor, type);
  return *field;
}

FieldPlan* PlanTable::FindExtension(MessagePlan& type, uint32_t number) {
  if (!type.has_extensions) return nullptr;
  const auto met = type.extensions.find(number);
  if (met != type.extensions.end()) return met->second;
  const int wanted = static_cast<int>(number);
  if (!type.descriptor->IsExtensionNumber(wanted)) return nullptr;
  const FieldDescriptor* extension = known_.find_extension(*type.descriptor, wanted);
  return extension == nullptr ? nullptr : &AddExtension(*extension, type);
}

MessagePlan& PlanTable::InAny(MessagePlan& type) {
  // Some print an empty "value" for Empty as well, so both are read.
  const bool is_empty = type.descriptor->full_name() == "google.protobuf.Empty";
  if (type.form == JsonForm::kObject && !is_empty) return type;
  if (type.any_holder != nullptr) return *type.any_holder;
  type.any_holder = std::make_unique<MessagePlan>();
  MessagePlan& holder = *type.any_holder;
  holder.descriptor = type.descriptor;
  FieldPlan& value = holder.fields.emplace_back();
  value.framing = Framing::kNone;
  value.type = &type;
  value.required = !is_empty;
  holder.required_count = is_empty ? 0 : 1;
  holder.names.push_back({});
  AddName("value", 0, holder);
  return holder;
}

MessagePlan& PlanTable::RawAny() {
  constexpr uint32_t kContent = 2;  // in google.protobuf.Any
  if (!raw_any_.fields.empty()) return raw_any_;
  raw_any_.descriptor = google::protobuf::Any::descriptor();
  FieldPlan& content = raw_any_.fields.emplace_back(MakeFieldOf(kContent, ValueKind::kBytes));
  content.omits_default = true;
  raw_any_.names.push_back({});
  AddName("@value", 0, raw_any_);
  return raw_any_;
}

FieldPlan* PlanTable::Find(MessagePlan& type, std::string_view name, uint32_t& cursor) {
  if (type.names.empty()) AddNames(type);
  MessagePlan::Name& previous = type.names[cursor];
  if (previous.follower != 0 && type.names[previous.follower].text == name) {
    cursor = previous.follower;
    return &type.fields[type.names[cursor].field];
  }
  const auto found = type.name_index.find(name);
  if (found == type.name_index.end()) return FindExtension(type, name);
  previous.follower = cursor = found->second;
  return &type.fields[type.names[cursor].field];
}

FieldPlan* PlanTable::FindExtension(MessagePlan& type, std::string_view name) {
  if (!type.has_extensions || !name.starts_with('[') || !name.ends_with(']')) return nullptr;
  const std::string_view printable = name.substr(1, name.size() - 2);
  const FieldDescriptor* extension = known_.find_named_extension(*type.descriptor, printable);
  if (extension == nullptr) return nullptr;
  const FieldPlan& field = AddExtension(*extension, type);
  const auto at = static_cast<uint32_t>(field.bit - type.oneof_count);
  AddName(extension_names_.emplace_back(name), at, type);
  return &type.fields[at];
}

MessagePlan* PlanTable::FindByName(std::string_view full_name) {
  const Descriptor* descriptor = FindTypeInAny(known_, full_name);
  return descriptor == nullptr ? nullptr : &Of(*descriptor);
}

MessagePlan& PlanTable::Compile(const FieldPlan& field) {
  return Of(*field.descriptor->message_type());
}

const EnumPlan& PlanTable::CompileEnum(const FieldPlan& field) {
  const EnumDescriptor& descriptor = *field.descriptor->enum_type();
  std::unique_ptr<EnumPlan>& slot = enums_[&descriptor];
  if (slot != nullptr) return *slot;
  slot = std::make_unique<EnumPlan>();
  slot->descriptor = &descriptor;
  slot->closed = IsClosed(descriptor);
  slot->null_value = descriptor.full_name() == "google.protobuf.NullValue";
  slot->default_number = descriptor.value(0)->number();
  for (int i = 0; i < descriptor.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *descriptor.value(i);
    slot->numbers.try_emplace(value.name(), value.number());
    const auto [text, is_first] = slot->texts.try_emplace(value.number());
    if (is_first && slot->null_value) text->second = "null";
    if (is_first && !slot->null_value) AppendJsonString(value.name(), text->second);
  }
  return *slot;
}

}  // namespace rpcctl
