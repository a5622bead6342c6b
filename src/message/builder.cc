#include "message/builder.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include "message/field_type.h"
#include "message/input_error.h"
#include "message/item_walk.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsJson(const Item& item) {
  return item.value_kind == ItemValue::kJson || item.value_kind == ItemValue::kJsonFile;
}

TextOrigin OriginOf(const Item& item) {
  return item.value_kind == ItemValue::kTextFile ? TextOrigin::kFile : TextOrigin::kTyped;
}

// How a message without a text form is set instead.
std::string MessageHint(const Descriptor& type, std::string_view path) {
  if (IsAny(type)) return fmt::format("name its type with {}.@type=pkg.Type, then set its fields", path);
  if (type.full_name() == "google.protobuf.ListValue") return fmt::format("write JSON: {}:='[...]'", path);
  if (type.full_name() == "google.protobuf.Struct") return fmt::format("write JSON: {}:='{{...}}'", path);
  if (type.field_count() == 0) return fmt::format("it has no fields: {}:='{{}}' sets it", path);
  return fmt::format("set its fields, {}.{}=..., or all of it, {}:='{{...}}'", path, type.field(0)->name(),
                     path);
}

Error NoTextForm(const FieldDescriptor& field, std::string_view path) {
  return InputError("", fmt::format("expected {}, found text", ElementTypeName(field)),
                    MessageHint(*field.message_type(), path));
}

Error NoListToAppendTo(const Destination& destination) {
  const ResolvedStep& step = destination.step;
  if (step.index || step.key) return InputError("", "one element takes =, and += only a whole list");
  return InputError("",
                    fmt::format("expected a repeated field before +=, found {}", FieldTypeName(*step.field)),
                    step.field->is_map() ? "one entry of a map is set with MAP.KEY=VALUE" : "");
}

Error NoSingleMapValue(const FieldDescriptor& field, std::string_view path) {
  return InputError("", fmt::format("expected {}, found text", FieldTypeName(field)),
                    fmt::format("set one entry, {}.KEY=VALUE, or all of it, {}:='{{...}}'", path, path));
}

Result<void> NoNullInside(const Destination& destination, const Item& item) {
  const ResolvedStep& step = destination.step;
  if (!step.key || !IsJsonNull(item.value)) return {};
  const Descriptor* type = step.field->message_type()->map_value()->message_type();
  if (type != nullptr && MayBeJsonArray(*type)) return {};
  return InputError("", fmt::format("null is no value of {}", FieldTypeName(*step.field)));
}

// Moves the last element of a list to where `slot` is, in place of the one there.
void ReplaceByLast(const Slot& slot) {
  const auto& reflection = *slot.message->GetReflection();
  reflection.SwapElements(slot.message, slot.field, slot.index, ListSize(*slot.message, *slot.field) - 1);
  reflection.RemoveLast(slot.message, slot.field);
}

Result<void> StoreText(const Slot& slot, const Item& item, std::chrono::system_clock::time_point now) {
  if (slot.field->message_type() == nullptr) {
    const Result<ScalarValue> value = ParseScalar(*slot.field, item.value, OriginOf(item));
    if (!value) return value.error();
    StoreScalar(slot, *value);
    return {};
  }
  if (!HasTextForm(*slot.field->message_type())) return NoTextForm(*slot.field, item.path);
  return SetFromText(MessageIn(slot), item.value, OriginOf(item), now);
}

// Values behind ":=" may hold extensions, too.
ReadOptions WithMakeable(ReadOptions options, MessageMaker& maker) {
  options.known = Makeable(std::move(options.known), maker);
  return options;
}

Result<void> StoreJson(const Slot& slot, const Item& item, JsonFields& json) {
  if (slot.index < 0) return json.Set(*slot.message, *slot.field, JsonExtent::kWhole, item.value);
  const int size = ListSize(*slot.message, *slot.field);
  Result<void> added = json.Set(*slot.message, *slot.field, JsonExtent::kElement, item.value);
  if (!added) return added;
  const bool has_grown = ListSize(*slot.message, *slot.field) > size;
  if (has_grown && slot.index < size) ReplaceByLast(slot);
  return {};
}

}  // namespace

// Lays the items of one message.
class Builder::Run final {
 public:
  Run(Message& root, Builder& builder)
      : root_(root),
        now_(builder.options_.now()),
        json_(builder.json_),
        known_(builder.KnownFor(*root.GetDescriptor())),
        anys_(builder.maker_, known_) {}

  Result<void> Lay(const Item& item) {
    const Result<FieldPath> path = ParseFieldPath(item.path);
    if (!path) return path.error();
    Result<Destination> destination = WalkTo(root_, *path, item.word, history_, anys_);
    if (!destination) return destination.error();
    const Setting setting{destination->place, item.path, item.word};
    if (destination->step.field == nullptr) return LayType(*destination, setting, item);
    Result<void> laid = LayField(*destination, setting, item);
    if (!laid) return laid;
    return NoteOneof(*destination, setting, history_);
  }

  // Lays `item` as if nothing but its last step were there; the root is of that step's message.
  Result<void> LayAlone(ResolvedStep step, const Item& item) {
    if (step.index) step.index = 0;
    const Destination alone{&root_, "", step, PlaceOfField("", step.field->number())};
    return LayField(alone, {alone.place, item.path, item.word}, item);
  }

  Result<void> Finish() { return anys_.Pack(); }

 private:
  Result<void> LayType(const Destination& destination, const Setting& setting, const Item& item) {
    if (IsJson(item) || item.append) return InputError(item.path, "@type takes '=' alone: @type=pkg.Type");
    // What is inside may still be set: that is what a type is named for.
    Result<void> noted = history_.Set(setting, SetBy::kJson);
    if (!noted) return noted;
    Result<void> set = anys_.SetType(*destination.message, WithoutFinalNewline(item.value, OriginOf(item)));
    return set ? set : AtPlace(item.path, set.error());
  }

  Result<void> LayField(const Destination& destination, const Setting& setting, const Item& item) {
    const bool is_list = !destination.step.IsSingle() && !destination.step.field->is_map();
    if (item.append && !is_list) return AtPlace(item.path, NoListToAppendTo(destination));
    if (item.append) return Append(destination, setting, item);
    if (is_list && !IsJson(item)) return AssignElement(destination, setting, item);
    return AssignWhole(destination, setting, item);
  }

  Result<void> AssignWhole(const Destination& destination, const Setting& setting, const Item& item) {
    if (!destination.step.IsSingle() && !IsJson(item)) {
      return AtPlace(item.path, NoSingleMapValue(*destination.step.field, item.path));
    }
    Result<void> noted = history_.Set(setting, IsJson(item) ? SetBy::kJson : SetBy::kText);
    if (!noted) return noted;
    Result<void> allowed = NoNullInside(destination, item);
    if (!allowed) return AtPlace(item.path, allowed.error());
    const Result<Slot> slot = SlotAt(destination);
    if (!slot) return AtPlace(item.path, slot.error());
    Result<void> stored = IsJson(item) ? StoreJson(*slot, item, json_) : StoreText(*slot, item, now_);
    return stored ? stored : AtPlace(item.path, stored.error());
  }

  Result<void> AssignElement(const Destination& destination, const Setting& setting, const Item& item) {
    const Result<ListStep> step = history_.AssignList(setting);
    if (!step) return step.error();
    if (*step == ListStep::kReplace) {
      destination.message->GetReflection()->ClearField(destination.message, destination.step.field);
    }
    return AddElement(destination, item);
  }

  Result<void> Append(const Destination& destination, const Setting& setting, const Item& item) {
    Result<void> noted = history_.AppendList(setting);
    if (!noted) return noted;
    if (!IsJson(item)) return AddElement(destination, item);
    const Descriptor* type = destination.step.field->message_type();
    const bool one = !IsJsonArray(item.value) || (type != nullptr && MayBeJsonArray(*type));
    Result<void> added = json_.Set(*destination.message, *destination.step.field,
                                   one ? JsonExtent::kElement : JsonExtent::kElements, item.value);
    return added ? added : AtPlace(item.path, added.error());
  }

  Result<void> AddElement(const Destination& destination, const Item& item) {
    const FieldDescriptor& field = *destination.step.field;
    const int index = ListSize(*destination.message, field);
    Result<void> noted =
        history_.Set({PlaceOfIndex(destination.place, index), item.path, item.word}, SetBy::kText);
    if (!noted) return noted;
    Result<void> stored = StoreText({destination.message, &field, index}, item, now_);
    return stored ? stored : AtPlace(item.path, stored.error());
  }

  Message& root_;
  const std::chrono::system_clock::time_point now_;  // one for all items: two "now" are the same instant
  JsonFields& json_;
  const KnownTypes known_;
  ItemHistory history_;
  AnyContents anys_;
};

Builder::Builder(BuildOptions options)
    : options_(std::move(options)),
      maker_(options_.reading.known.pool),
      json_(WithMakeable(options_.reading, maker_)) {}

KnownTypes Builder::KnownFor(const Descriptor& type) {
  return Makeable(Completed(options_.reading.known, type), maker_);
}

Result<void> Builder::Apply(std::span<const Item> items, Message& message) {
  Run run(message, *this);
  for (const Item& item : items) {
    Result<void> laid = run.Lay(item);
    if (!laid) return laid;
  }
  return run.Finish();
}

Result<void> Builder::Check(std::span<const Item> items, const Descriptor& type) {
  for (const Item& item : items) {
    Result<void> checked = CheckItem(item, type);
    if (!checked) return checked;
  }
  return {};
}

Result<void> Builder::CheckItem(const Item& item, const Descriptor& type) {
  const Result<FieldPath> path = ParseFieldPath(item.path);
  if (!path) return path.error();
  const Result<ResolvedPath> resolved = ResolveFields(type, *path, KnownFor(type).find_named_extension);
  if (!resolved) return resolved.error();
  const bool inside_any = resolved->rest < path->steps.size();
  if (inside_any) return {};
  const ResolvedStep& last = resolved->steps.back();
  const std::unique_ptr<Message> owner = maker_.New(*last.field->containing_type());
  if (owner == nullptr) return InputError(item.path, TooDeep(*last.field->containing_type()));
  return Run(*owner, *this).LayAlone(last, item);
}

}  // namespace rpcctl
