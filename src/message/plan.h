// Message types compiled once, so that messages go from JSON to the wire and back without a look at a
// descriptor: what a name or a number leads to, what its value is and how it is framed.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "message/json_form.h"
#include "message/known_types.h"
#include "message/wire_type.h"
#include "message/wire_writer.h"

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class EnumDescriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The numbers are those of FieldDescriptor::Type.
enum class ValueKind : uint8_t {
  kDouble = 1,
  kFloat,
  kInt64,
  kUint64,
  kInt32,
  kFixed64,
  kFixed32,
  kBool,
  kString,
  kGroup,
  kMessage,
  kBytes,
  kUint32,
  kEnum,
  kSfixed32,
  kSfixed64,
  kSint32,
  kSint64,
};

enum class Cardinality : uint8_t { kSingular, kRepeated, kPacked, kMap };

// What stands around the bytes of a message that is a field's value.
enum class Framing : uint8_t {
  kLength,
  kGroup,       // a tag on either side
  kMessageSet,  // an item of a proto2 message set
  kNone,        // the whole of a message, or of an Any
};

struct EnumPlan {
  const google::protobuf::EnumDescriptor* descriptor = nullptr;
  bool closed = false;                                    // takes only the numbers it names
  bool null_value = false;                                // google.protobuf.NullValue
  int32_t default_number = 0;                             // what an absent value means
  std::unordered_map<std::string_view, int32_t> numbers;  // by name
  std::unordered_map<int32_t, std::string> texts;         // by number: the JSON of its first name

  bool Takes(int32_t number) const { return !closed || texts.contains(number); }
};

struct MessagePlan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* descriptor = nullptr;  // none for what JSON only implies
  ValueKind kind = ValueKind::kMessage;
  Cardinality cardinality = Cardinality::kSingular;
  Framing framing = Framing::kLength;
  bool required = false;
  bool omits_default = false;  // has no presence: a zero is not written
  bool verify_utf8 = false;
  uint32_t bit = 0;    // its own among the bits of its type
  int32_t oneof = -1;  // the bit of its oneof; -1 without one
  WirePrefix tag;      // of one element; of the whole where it is packed
  WirePrefix end_tag;  // what ends a group or an item of a message set
  uint32_t number = 0;
  WireType wire_type = WireType::kBytes;  // of one element
  bool packable = false;  // repeated, and may come as one run of bytes whatever `cardinality` says
  std::string member;     // the name in quotes, ready to be printed
  // For messages, groups and maps (the type of the entry), and for enums: set when PlanTable first led
  // there.
  MessagePlan* type = nullptr;
  const EnumPlan* enumeration = nullptr;

  bool HoldsMessages() const { return kind == ValueKind::kMessage || kind == ValueKind::kGroup; }
};

struct MessagePlan {
  const google::protobuf::Descriptor* descriptor = nullptr;
  JsonForm form = JsonForm::kObject;
  bool has_extensions = false;
  bool is_message_set = false;
  uint32_t oneof_count = 0;  // their bits come before those of the fields
  uint32_t required_count = 0;
  std::deque<FieldPlan> fields;  // in declared order, then the extensions that were met; addresses are stable
  std::vector<FieldPlan*> by_number;                    // without extensions
  std::unordered_map<uint32_t, FieldPlan*> extensions;  // those that were met, by number
  std::unique_ptr<FieldPlan> wrapped;                   // kWrapper: what is in it
  std::unique_ptr<MessagePlan> any_holder;              // how an Any holds it when it has a form of its own

  // A name in JSON. Documents of one source name their fields in one order, so each name remembers which one
  // came next.
  struct Name {
    std::string_view text;
    uint32_t field = 0;
    uint32_t follower = 0;
  };
  std::vector<Name> names;  // the first is empty: the place before all names; made by the first Find
  std::unordered_map<std::string_view, uint32_t> name_index;

  uint32_t BitCount() const { return oneof_count + static_cast<uint32_t>(fields.size()); }

  // The field called `number`, extensions aside; nullptr when there is none. `cursor` is the place of the
  // field before, 0 at the beginning: messages carry their fields by number.
  FieldPlan* FindNumber(uint32_t number, size_t& cursor) const {
    for (size_t at = cursor; at < by_number.size() && at < cursor + 2; ++at) {
      if (by_number[at]->number != number) continue;
      cursor = at;
      return by_number[at];
    }
    return SearchNumber(number, cursor);
  }

 private:
  FieldPlan* SearchNumber(uint32_t number, size_t& cursor) const;
};

// Compiles types when they are first met and keeps them. Not for several threads at once.
class PlanTable {
 public:
  // `known` is complete. Borrows its pool, and the types that it is asked for. Members are printed by their
  // names in the .proto file instead of those of JSON with `proto_names`.
  explicit PlanTable(KnownTypes known, bool proto_names = false);
  PlanTable(const PlanTable&) = delete;  // fields point at the types
  PlanTable& operator=(const PlanTable&) = delete;

  MessagePlan& Of(const google::protobuf::Descriptor& descriptor);
  // The type of `field`'s messages.
  MessagePlan& Of(FieldPlan& field) {
    return field.type != nullptr ? *field.type : *(field.type = &Compile(field));
  }
  // The enum of `field`'s values.
  const EnumPlan& EnumOf(FieldPlan& field) {
    return field.enumeration != nullptr ? *field.enumeration : *(field.enumeration = &CompileEnum(field));
  }

  // The field that `name` (JSON name, proto name or "[pkg.extension]") leads to; nullptr when there is none.
  // `cursor` is the place of the name before, 0 at the beginning of an object.
  FieldPlan* Find(MessagePlan& type, std::string_view name, uint32_t& cursor);

  // The extension of `type` with `number`; nullptr when there is none.
  FieldPlan* FindExtension(MessagePlan& type, uint32_t number);

  // The members of an object that stands for a `type` packed into an Any: its own fields, or a "value" when
  // it has a form of its own.
  MessagePlan& InAny(MessagePlan& type);

  // The members of an object that stands for an Any whose content is given as bytes: "@value".
  MessagePlan& RawAny();

  // The map in every google.protobuf.Struct, and the elements of every ListValue.
  FieldPlan& struct_fields() { return struct_fields_; }
  FieldPlan& list_values() { return list_values_; }

  // The message type called `full_name`, for an Any; nullptr when there is none.
  MessagePlan* FindByName(std::string_view full_name);

  const KnownTypes& known() const { return known_; }

 private:
  MessagePlan& Compile(const FieldPlan& field);
  const EnumPlan& CompileEnum(const FieldPlan& field);
  FieldPlan* FindExtension(MessagePlan& type, std::string_view name);

  FieldPlan MakeField(const google::protobuf::FieldDescriptor& descriptor) const;
  FieldPlan& AddField(const google::protobuf::FieldDescriptor& descriptor, MessagePlan& type) const;
  FieldPlan& AddExtension(const google::protobuf::FieldDescriptor& descriptor, MessagePlan& type) const;

  const KnownTypes known_;
  const bool proto_names_;
  std::unordered_map<const google::protobuf::Descriptor*, std::unique_ptr<MessagePlan>> types_;
  std::unordered_map<const google::protobuf::EnumDescriptor*, std::unique_ptr<EnumPlan>> enums_;
  std::deque<std::string> extension_names_;  // what Name::text of extensions views
  MessagePlan dynamic_value_;                // google.protobuf.Value, inside Struct and ListValue
  MessagePlan struct_entry_;
  MessagePlan raw_any_;
  FieldPlan struct_fields_;
  FieldPlan list_values_;
};

}  // namespace rpcctl
