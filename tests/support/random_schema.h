// Schemas with random fields, the same for the same seed.
#pragma once

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>

namespace rpcctl::testing {

// Files of a few messages that may hold one another, with fields of every kind that protobuf's own JSON gets
// right: no groups and no extensions. Nothing is required.
class RandomSchema final {
 public:
  explicit RandomSchema(uint32_t seed) : random_(seed), is_proto3_(seed % 2 == 0) {}

  // The file "random.proto"; its outermost messages are called M0, M1, ...
  google::protobuf::FileDescriptorProto File() {
    google::protobuf::FileDescriptorProto file;
    file.set_name("random.proto");
    file.set_syntax(is_proto3_ ? "proto3" : "proto2");
    for (const char* import : {"duration", "field_mask", "struct", "timestamp", "wrappers"}) {
      file.add_dependency(fmt::format("google/protobuf/{}.proto", import));
    }
    AddEnum(file);
    for (int i = 0; i < kMessages; ++i) AddMessage(i, file);
    return file;
  }

 private:
  using Field = google::protobuf::FieldDescriptorProto;
  using Message = google::protobuf::DescriptorProto;

  static constexpr int kMessages = 4;

  uint32_t Below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  void AddEnum(google::protobuf::FileDescriptorProto& file) {
    auto& type = *file.add_enum_type();
    type.set_name("E");
    for (const int number : {0, 1, 7, -3, 2'000'000'000}) {
      auto& value = *type.add_value();
      value.set_name(fmt::format("E_{}", type.value_size()));
      value.set_number(number);
    }
  }

  void AddMessage(int index, google::protobuf::FileDescriptorProto& file) {
    Message& message = *file.add_message_type();
    message.set_name(fmt::format("M{}", index));
    std::set<int> numbers;
    const uint32_t fields = 1 + Below(14);
    while (numbers.size() < fields) {
      // Most of one byte, some of five.
      const uint32_t limit = 1u << (4 + Below(2) * Below(26));
      const auto number = static_cast<int>(1 + Below(limit - 1));
      const bool is_reserved = number >= 19000 && number < 20000;
      if (!is_reserved && numbers.insert(number).second) AddField(number, message);
    }
    AddPresence(message);
  }

  void AddField(int number, Message& message) {
    Field& field = *message.add_field();
    field.set_name(fmt::format("a_{}", number));
    field.set_number(number);
    if (Below(6) == 0) return MakeMap(field, message);
    SetType(field);
    const bool is_packable = field.type() != Field::TYPE_MESSAGE && field.type() != Field::TYPE_STRING &&
                             field.type() != Field::TYPE_BYTES;
    field.set_label(Below(3) == 0 ? Field::LABEL_REPEATED : Field::LABEL_OPTIONAL);
    if (field.label() == Field::LABEL_REPEATED && is_packable) {
      field.mutable_options()->set_packed(Below(2) == 0);
    }
  }

  void SetType(Field& field) {
    static constexpr const char* kKnown[] = {"Timestamp",  "Duration",   "FieldMask",  "Struct",
                                             "Value",      "ListValue",  "Int64Value", "BoolValue",
                                             "BytesValue", "FloatValue", "StringValue"};
    const uint32_t type = 1 + Below(Field::Type_MAX + 3);
    if (type > Field::Type_MAX) {
      field.set_type(Field::TYPE_MESSAGE);
      field.set_type_name(fmt::format(".google.protobuf.{}", kKnown[Below(std::size(kKnown))]));
    } else if (type == Field::TYPE_MESSAGE || type == Field::TYPE_GROUP) {
      field.set_type(Field::TYPE_MESSAGE);
      field.set_type_name(fmt::format(".M{}", Below(kMessages)));
    } else {
      field.set_type(static_cast<Field::Type>(type));
      if (type == Field::TYPE_ENUM) field.set_type_name(".E");
    }
  }

  void MakeMap(Field& field, Message& message) {
    static constexpr Field::Type kKeys[] = {Field::TYPE_INT32,    Field::TYPE_INT64,   Field::TYPE_UINT32,
                                            Field::TYPE_UINT64,   Field::TYPE_SINT32,  Field::TYPE_SINT64,
                                            Field::TYPE_FIXED32,  Field::TYPE_FIXED64, Field::TYPE_SFIXED32,
                                            Field::TYPE_SFIXED64, Field::TYPE_BOOL,    Field::TYPE_STRING};
    Message& entry = *message.add_nested_type();
    entry.set_name(fmt::format("A{}Entry", field.number()));
    entry.mutable_options()->set_map_entry(true);
    Field& key = *entry.add_field();
    key.set_name("key");
    key.set_number(1);
    key.set_label(Field::LABEL_OPTIONAL);
    key.set_type(kKeys[Below(std::size(kKeys))]);
    Field& value = *entry.add_field();
    value.set_name("value");
    value.set_number(2);
    value.set_label(Field::LABEL_OPTIONAL);
    SetType(value);
    field.set_label(Field::LABEL_REPEATED);
    field.set_type(Field::TYPE_MESSAGE);
    field.set_type_name(fmt::format(".{}.{}", message.name(), entry.name()));
  }

  // A oneof of some fields and, in proto3, "optional" for others.
  void AddPresence(Message& message) {
    const auto is_free = [](const Field& field) { return field.label() == Field::LABEL_OPTIONAL; };
    if (std::any_of(message.field().begin(), message.field().end(), is_free)) {
      message.add_oneof_decl()->set_name("choice");
      // Its members follow one another.
      auto& fields = *message.mutable_field();
      auto member = std::find_if(fields.begin(), fields.end(), is_free);
      do {
        member->set_oneof_index(0);
        ++member;
      } while (member != fields.end() && is_free(*member) && Below(3) > 0);
    }
    if (!is_proto3_) return;
    for (Field& field : *message.mutable_field()) {
      if (!is_free(field) || field.has_oneof_index() || Below(2) == 0) continue;
      field.set_proto3_optional(true);
      field.set_oneof_index(message.oneof_decl_size());
      message.add_oneof_decl()->set_name("_" + field.name());
    }
  }

  std::mt19937_64 random_;
  const bool is_proto3_;
};

}  // namespace rpcctl::testing
