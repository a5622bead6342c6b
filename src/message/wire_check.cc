#include "message/wire_check.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "base/safe_text.h"
#include "message/features.h"
#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Bytes of a packed element; 0 for varints.
size_t FixedWidth(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return 8;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return 4;
    default:
      return 0;
  }
}

// The key of the map entry at `cursor`, when it is a string and stands first, as serializers write it.
std::string MapPlace(WireCursor cursor) {
  if (!cursor.ReadTag()) return "";
  const std::optional<std::string_view> entry = cursor.ReadBytes();
  if (!entry) return "";
  WireCursor inside = cursor.Inside(*entry);
  const std::optional<WireTag> tag = inside.ReadTag();
  if (!tag || tag->number != 1 || tag->type != WireType::kBytes) return "";
  const std::optional<std::string_view> key = inside.ReadBytes();
  return key ? KeyPlace(*key) : "";
}

MessageFault Malformed(std::string_view what, const WireCursor& cursor) {
  return {std::string(what) + " at byte " + std::to_string(cursor.position())};
}

class Checker {
 public:
  explicit Checker(const ExtensionFinder& find_extension) : find_extension_(find_extension) {}

  // Reads fields up to the end of `cursor`, or up to the end of group number `group` unless that is 0.
  // Without a `type` all fields are unknown.
  MaybeFault CheckMessage(const Descriptor* type, WireCursor& cursor, uint32_t group, int depth);

 private:
  MaybeFault CheckValue(const Descriptor* type, WireTag tag, WireCursor& cursor, int depth);
  MaybeFault CheckBytes(const FieldDescriptor* field, WireCursor& cursor, int depth);
  MaybeFault CheckPacked(const FieldDescriptor& field, WireCursor cursor);
  MaybeFault CheckGroup(const Descriptor* type, const FieldDescriptor* field, WireTag tag, WireCursor& cursor,
                        int depth);
  MaybeFault CheckMessageSetItem(const Descriptor& type, WireCursor& cursor, int depth);
  const FieldDescriptor* FindField(const Descriptor* type, uint32_t number) const;
  std::string Place(const FieldDescriptor& field, const WireCursor& cursor, size_t begin, size_t field_begin);
  int CountEarlier(const FieldDescriptor& field, WireCursor earlier);

  const ExtensionFinder& find_extension_;
};

MaybeFault Checker::CheckMessage(const Descriptor* type, WireCursor& cursor, uint32_t group, int depth) {
  if (depth < 0) return MessageFault{"nesting deeper than " + std::to_string(kDeepestNesting) + " messages"};
  const size_t begin = cursor.position();
  while (!cursor.AtEnd()) {
    const size_t field_begin = cursor.position();
    const std::optional<WireTag> tag = cursor.ReadTag();
    if (!tag) return Malformed("an invalid field tag", cursor);
    if (tag->type == WireType::kEndGroup) {
      if (tag->number == group) return std::nullopt;
      return Malformed("the end of a group that was not begun", cursor);
    }
    if (MaybeFault fault = CheckValue(type, *tag, cursor, depth)) {
      const FieldDescriptor* field = FindField(type, tag->number);
      if (field == nullptr) return fault;
      return std::move(*fault).Inside(*field, Place(*field, cursor, begin, field_begin));
    }
  }
  if (group != 0) return Malformed("a group without its end", cursor);
  return std::nullopt;
}

MaybeFault Checker::CheckValue(const Descriptor* type, WireTag tag, WireCursor& cursor, int depth) {
  bool complete = true;
  switch (tag.type) {
    case WireType::kVarint:
      complete = cursor.ReadVarint().has_value();
      break;
    case WireType::kFixed64:
      complete = cursor.SkipFixed(8);
      break;
    case WireType::kFixed32:
      complete = cursor.SkipFixed(4);
      break;
    case WireType::kBytes:
      return CheckBytes(FindField(type, tag.number), cursor, depth);
    default:
      return CheckGroup(type, FindField(type, tag.number), tag, cursor, depth);
  }
  if (!complete) return Malformed("a value cut short", cursor);
  // Only asked for, so that it becomes known: the type of such a value needs no check.
  if (type != nullptr && type->extension_range_count() > 0) FindField(type, tag.number);
  return std::nullopt;
}

MaybeFault Checker::CheckBytes(const FieldDescriptor* field, WireCursor& cursor, int depth) {
  const std::optional<std::string_view> bytes = cursor.ReadBytes();
  if (!bytes) return Malformed("a value cut short", cursor);
  if (field == nullptr) return std::nullopt;
  if (MustBeUtf8(*field) && FindInvalidUtf8(*bytes) != std::string_view::npos) {
    return MessageFault{"invalid UTF-8"};
  }
  WireCursor inside = cursor.Inside(*bytes);
  if (field->type() == FieldDescriptor::TYPE_MESSAGE && !IsDelimited(*field)) {
    return CheckMessage(field->message_type(), inside, 0, depth - 1);
  }
  return field->is_packable() ? CheckPacked(*field, inside) : std::nullopt;
}

MaybeFault Checker::CheckPacked(const FieldDescriptor& field, WireCursor cursor) {
  const size_t width = FixedWidth(field);
  while (!cursor.AtEnd()) {
    const bool complete = width == 0 ? cursor.ReadVarint().has_value() : cursor.SkipFixed(width);
    if (!complete) return Malformed("a value cut short", cursor);
  }
  return std::nullopt;
}

MaybeFault Checker::CheckGroup(const Descriptor* type, const FieldDescriptor* field, WireTag tag,
                               WireCursor& cursor, int depth) {
  if (type != nullptr && type->options().message_set_wire_format() && tag.number == kMessageSetItem) {
    return CheckMessageSetItem(*type, cursor, depth);
  }
  const bool known = field != nullptr && IsDelimited(*field);
  return CheckMessage(known ? field->message_type() : nullptr, cursor, tag.number, depth - 1);
}

MaybeFault Checker::CheckMessageSetItem(const Descriptor& type, WireCursor& cursor, int depth) {
  const size_t begin = cursor.position();
  if (MaybeFault fault = CheckMessage(nullptr, cursor, kMessageSetItem, depth - 1)) return fault;
  WireCursor item = cursor.Between(begin, cursor.position());
  const FieldDescriptor* extension = nullptr;
  std::string_view message;
  for (std::optional<WireTag> tag = item.ReadTag(); tag && tag->type != WireType::kEndGroup;
       tag = item.ReadTag()) {
    if (tag->number == kMessageSetTypeId && tag->type == WireType::kVarint) {
      extension = FindField(&type, static_cast<uint32_t>(*item.ReadVarint()));
    } else if (tag->number == kMessageSetMessage && tag->type == WireType::kBytes) {
      message = *item.ReadBytes();
    } else if (CheckValue(nullptr, *tag, item, depth)) {
      break;
    }
  }
  if (extension == nullptr || message.empty()) return std::nullopt;
  WireCursor inside = cursor.Inside(message);
  MaybeFault fault = CheckMessage(extension->message_type(), inside, 0, depth - 1);
  if (fault) return std::move(*fault).Inside(*extension);
  return std::nullopt;
}

const FieldDescriptor* Checker::FindField(const Descriptor* type, uint32_t number) const {
  if (type == nullptr) return nullptr;
  const int field_number = static_cast<int>(number);
  if (const FieldDescriptor* field = type->FindFieldByNumber(field_number)) return field;
  if (!type->IsExtensionNumber(field_number)) return nullptr;
  return find_extension_(*type, field_number);
}

// Where the faulty value of `field` stands among its like, found only now, since most messages have no fault:
// its message begins at `begin`, and the value with its tag reaches from `field_begin` to where `cursor` is.
std::string Checker::Place(const FieldDescriptor& field, const WireCursor& cursor, size_t begin,
                           size_t field_begin) {
  if (field.is_map()) return MapPlace(cursor.Between(field_begin, cursor.position()));
  return field.is_repeated() ? IndexPlace(CountEarlier(field, cursor.Between(begin, field_begin))) : "";
}

int Checker::CountEarlier(const FieldDescriptor& field, WireCursor earlier) {
  int count = 0;
  while (const std::optional<WireTag> tag = earlier.ReadTag()) {
    if (tag->number == static_cast<uint32_t>(field.number())) ++count;
    if (CheckValue(nullptr, *tag, earlier, kDeepestNesting)) break;
  }
  return count;
}

}  // namespace

MaybeFault CheckWire(const Descriptor& type, const ExtensionFinder& find_extension, std::string_view wire,
                     int depth) {
  WireCursor cursor(wire);
  return Checker(find_extension).CheckMessage(&type, cursor, 0, depth);
}

}  // namespace rpcctl
