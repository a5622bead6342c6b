// Messages with random content, the same for the same seed.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <random>
#include <string>

namespace rpcctl {

// Fills messages so that every value has a ProtoJSON form: times in range, masks of simple paths, numbers for
// Value. Floats are multiples of 1/8, which every printer writes alike; a map has at most one entry.
class RandomMessage {
 public:
  explicit RandomMessage(uint32_t seed) : random_(seed) {}

  void Fill(google::protobuf::Message& message, int depth = 3) {
    const std::string& name = message.GetDescriptor()->full_name();
    if (name == "google.protobuf.Timestamp")
      return FillTime(message, Below(253'402'300'799), Below(1'000'000'000));
    if (name == "google.protobuf.Duration") return FillDuration(message);
    if (name == "google.protobuf.FieldMask") return FillMask(message);
    if (name == "google.protobuf.Any") return;
    if (name == "google.protobuf.Value") return FillOneOf(message, depth);
    if (message.GetDescriptor()->options().map_entry()) return FillEntry(message, depth);
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const google::protobuf::FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (field.real_containing_oneof() == nullptr && Below(2) == 0) FillField(message, field, depth);
    }
    for (int i = 0; i < message.GetDescriptor()->real_oneof_decl_count(); ++i) {
      const google::protobuf::OneofDescriptor& oneof = *message.GetDescriptor()->oneof_decl(i);
      FillField(message, *oneof.field(static_cast<int>(Below(oneof.field_count()))), depth);
    }
  }

 private:
  using Field = google::protobuf::FieldDescriptor;
  using Message = google::protobuf::Message;

  int64_t Below(int64_t limit) { return std::uniform_int_distribution<int64_t>(0, limit - 1)(random_); }

  void FillTime(Message& message, int64_t seconds, int64_t nanos) {
    const google::protobuf::Descriptor& type = *message.GetDescriptor();
    message.GetReflection()->SetInt64(&message, type.field(0), seconds);
    message.GetReflection()->SetInt32(&message, type.field(1), static_cast<int32_t>(nanos));
  }

  void FillDuration(Message& message) {
    const int64_t sign = Below(2) == 0 ? -1 : 1;
    FillTime(message, sign * Below(315'576'000'000), sign * Below(1'000) * 1'000'000);
  }

  // Key and value are always there, since protobuf's printer leaves entries without a value out.
  void FillEntry(Message& message, int depth) {
    FillField(message, *message.GetDescriptor()->map_key(), depth);
    FillField(message, *message.GetDescriptor()->map_value(), std::max(depth, 1));
  }

  void FillMask(Message& message) {
    for (const char* path : {"a", "foo_bar", "b.c_d"}) {
      if (Below(2) == 0)
        message.GetReflection()->AddString(&message, message.GetDescriptor()->field(0), path);
    }
  }

  // At the bottom a bool, so that the value is never empty.
  void FillOneOf(Message& message, int depth) {
    const int count = message.GetDescriptor()->field_count();
    const int chosen = depth > 0 ? static_cast<int>(Below(count)) : 3;
    FillField(message, *message.GetDescriptor()->field(chosen), depth);
  }

  void FillField(Message& message, const Field& field, int depth) {
    if (field.cpp_type() == Field::CPPTYPE_MESSAGE && depth == 0) return;
    const int64_t count = field.is_map() ? 1 : field.is_repeated() ? Below(4) : 1;
    for (int64_t i = 0; i < count; ++i) FillValue(message, field, depth);
  }

  void FillValue(Message& message, const Field& field, int depth) {
    const google::protobuf::Reflection& to = *message.GetReflection();
    const bool list = field.is_repeated();
    switch (field.cpp_type()) {
      case Field::CPPTYPE_INT32:
        return Set(to, list, message, field, static_cast<int32_t>(random_()), &Access::SetInt32,
                   &Access::AddInt32);
      case Field::CPPTYPE_INT64:
        return Set(to, list, message, field, static_cast<int64_t>(random_()), &Access::SetInt64,
                   &Access::AddInt64);
      case Field::CPPTYPE_UINT32:
        return Set(to, list, message, field, static_cast<uint32_t>(random_()), &Access::SetUInt32,
                   &Access::AddUInt32);
      case Field::CPPTYPE_UINT64:
        return Set(to, list, message, field, uint64_t{random_()}, &Access::SetUInt64, &Access::AddUInt64);
      case Field::CPPTYPE_DOUBLE:
        return Set(to, list, message, field, Eighths<double>(), &Access::SetDouble, &Access::AddDouble);
      case Field::CPPTYPE_FLOAT:
        return Set(to, list, message, field, Eighths<float>(), &Access::SetFloat, &Access::AddFloat);
      case Field::CPPTYPE_BOOL:
        return Set(to, list, message, field, Below(2) == 0, &Access::SetBool, &Access::AddBool);
      case Field::CPPTYPE_ENUM: {
        const google::protobuf::EnumDescriptor& type = *field.enum_type();
        const int number = type.value(static_cast<int>(Below(type.value_count())))->number();
        return Set(to, list, message, field, number, &Access::SetEnumValue, &Access::AddEnumValue);
      }
      case Field::CPPTYPE_STRING:
        return Set(to, list, message, field, Text(field), &Access::SetString, &Access::AddString);
      case Field::CPPTYPE_MESSAGE:
        return Fill(list ? *to.AddMessage(&message, &field) : *to.MutableMessage(&message, &field),
                    depth - 1);
    }
  }

  using Access = google::protobuf::Reflection;

  template <typename Value, typename SetOne, typename AddOne>
  void Set(const Access& to, bool list, Message& message, const Field& field, Value value, SetOne set,
           AddOne add) {
    if (list) {
      (to.*add)(&message, &field, std::move(value));
    } else {
      (to.*set)(&message, &field, std::move(value));
    }
  }

  template <typename Float>
  Float Eighths() {
    return static_cast<Float>(Below(8000) - 4000) / 8;
  }

  std::string Text(const Field& field) {
    static constexpr const char* kPieces[] = {"a", "Z9", " ",  "\"", "\\", "\n",  "\t",
                                              "/", "é",  "世", "😀",  "{}", "\x01"};
    std::string text;
    for (int64_t i = Below(8); i > 0; --i) {
      if (field.type() == Field::TYPE_BYTES) {
        text += static_cast<char>(Below(256));
      } else {
        text += kPieces[Below(std::size(kPieces))];
      }
    }
    return text;
  }

  std::mt19937_64 random_;
};

}  // namespace rpcctl
