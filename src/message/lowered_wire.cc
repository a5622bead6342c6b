#include "message/lowered_wire.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "message/features.h"
#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

// As wire.cc reads messages.
constexpr int kDeepest = 1000;

bool IsLowered(const Descriptor& type) {
  return type.file()->syntax() == FileDescriptor::SYNTAX_PROTO2 && IsOfEdition(*type.file());
}

const FieldDescriptor* FindField(const Descriptor& type, int number) {
  if (const FieldDescriptor* field = type.FindFieldByNumber(number)) return field;
  if (!type.IsExtensionNumber(number)) return nullptr;
  return type.file()->pool()->FindExtensionByNumber(&type, number);
}

// One field on the wire.
struct Part {
  WireTag tag;
  std::string_view whole;    // tag and all
  std::string_view content;  // what is behind the tag; of a value with a length or a group what is inside

  int number() const { return static_cast<int>(tag.number); }
};

// Takes a message apart.
class Parts final {
 public:
  explicit Parts(std::string_view wire) : wire_(wire), cursor_(wire) {}

  // False at the end, and where the bytes are no message.
  bool Next(Part& part) {
    const size_t begin = cursor_.position();
    if (cursor_.AtEnd() || !cursor_.ReadTag(part.tag)) return false;
    const size_t inside = cursor_.position();
    bool is_whole = false;
    if (part.tag.type == WireType::kBytes) {
      is_whole = cursor_.ReadBytes(part.content);
    } else if (part.tag.type == WireType::kStartGroup) {
      is_whole = cursor_.ReadGroup(part.tag.number, kDeepest, part.content);
    } else {
      is_whole = cursor_.SkipValue(part.tag, kDeepest);
      part.content = wire_.substr(inside, cursor_.position() - inside);
    }
    part.whole = wire_.substr(begin, cursor_.position() - begin);
    is_complete_ = is_whole && cursor_.AtEnd();
    return is_whole;
  }
  // Whether Next came to the end.
  bool IsComplete() const { return is_complete_ || wire_.empty(); }

 private:
  const std::string_view wire_;
  WireCursor cursor_;
  bool is_complete_ = false;
};

bool HoldsMessage(const Part& part, const FieldDescriptor& field) {
  if (field.message_type() == nullptr) return false;
  return part.tag.type == (IsDelimited(field) ? WireType::kStartGroup : WireType::kBytes);
}

// A number whose bytes are 0, or a text without bytes: one of NUL bytes is something.
bool IsZero(const Part& part) {
  if (part.tag.type == WireType::kBytes) return part.content.empty();
  return std::ranges::all_of(part.content, [](char c) { return c == '\0'; });
}

// Whether `part` stands for nothing. Maps write key and value of every entry.
bool IsImplicitZero(const Part& part, const FieldDescriptor& field) {
  return IsZero(part) && !field.containing_type()->options().map_entry() &&
         FeaturesOf(field).implicit_presence;
}

// Rewrites the fields of one message after the other.
class Rewriter final {
 public:
  enum class Way { kIn, kOut };
  explicit Rewriter(Way way) : way_(way) {}

  std::string Message(const Descriptor& type, std::string_view wire, int depth = 0) const {
    if (depth > kDeepest || type.options().message_set_wire_format()) return std::string(wire);
    std::string rewritten;
    Parts parts(wire);
    for (Part part; parts.Next(part);) {
      const FieldDescriptor* field = FindField(type, part.number());
      if (field == nullptr) {
        rewritten += part.whole;
      } else {
        Field(*field, part, depth, rewritten);
      }
    }
    return parts.IsComplete() ? rewritten : std::string(wire);
  }

 private:
  void Field(const FieldDescriptor& field, const Part& part, int depth, std::string& out) const {
    const bool reframed = field.type() == FieldDescriptor::TYPE_MESSAGE && IsDelimited(field);
    if (way_ == Way::kOut && !reframed && IsImplicitZero(part, field)) return;
    const bool begins_group = part.tag.type == WireType::kStartGroup;
    const bool has_length = part.tag.type == WireType::kBytes;
    const bool is_message = reframed && way_ == Way::kOut ? has_length : HoldsMessage(part, field);
    if (!is_message) {
      // With the wrong framing it is an unknown field, and must not become a known one.
      if (!reframed) out += part.whole;
      return;
    }
    const std::string content = Message(*field.message_type(), part.content, depth + 1);
    const bool as_group = reframed ? way_ == Way::kOut : begins_group;
    Append(field.number(), content, as_group, out);
  }

  static void Append(int number, const std::string& content, bool as_group, std::string& out) {
    StringOutputStream stream(&out);
    CodedOutputStream coded(&stream);
    if (as_group) {
      WireFormatLite::WriteTag(number, WireFormatLite::WIRETYPE_START_GROUP, &coded);
      coded.WriteString(content);
      WireFormatLite::WriteTag(number, WireFormatLite::WIRETYPE_END_GROUP, &coded);
    } else {
      WireFormatLite::WriteTag(number, WireFormatLite::WIRETYPE_LENGTH_DELIMITED, &coded);
      coded.WriteVarint32(static_cast<uint32_t>(content.size()));
      coded.WriteString(content);
    }
  }

  const Way way_;
};

bool Meets(const Descriptor& type, std::string_view wire, int depth) {
  if (IsLowered(type)) return true;
  if (depth > kDeepest) return false;
  Parts parts(wire);
  for (Part part; parts.Next(part);) {
    const FieldDescriptor* field = FindField(type, part.number());
    if (field == nullptr || !HoldsMessage(part, *field)) continue;
    if (Meets(*field->message_type(), part.content, depth + 1)) return true;
  }
  return false;
}

// Calls `visit` with the messages directly inside `message`, until it returns true.
template <typename Message, typename Visit>
bool AnyInside(Message& message, Visit visit) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->message_type() == nullptr) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (visit(field, field->is_repeated() ? i : -1)) return true;
    }
  }
  return false;
}

bool HoldsZero(const Message& message, const FieldDescriptor& field) {
  const auto& from = *message.GetReflection();
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return from.GetInt32(message, &field) == 0;
    case FieldDescriptor::CPPTYPE_INT64:
      return from.GetInt64(message, &field) == 0;
    case FieldDescriptor::CPPTYPE_UINT32:
      return from.GetUInt32(message, &field) == 0;
    case FieldDescriptor::CPPTYPE_UINT64:
      return from.GetUInt64(message, &field) == 0;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return std::bit_cast<uint64_t>(from.GetDouble(message, &field)) == 0;
    case FieldDescriptor::CPPTYPE_FLOAT:
      return std::bit_cast<uint32_t>(from.GetFloat(message, &field)) == 0;
    case FieldDescriptor::CPPTYPE_BOOL:
      return !from.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return from.GetEnumValue(message, &field) == 0;
    case FieldDescriptor::CPPTYPE_STRING:
      return from.GetStringReference(message, &field, &scratch).empty();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return false;
  }
  return false;
}

}  // namespace

bool MeetsLowered(const Descriptor& type, std::string_view wire) {
  return Meets(type, wire, 0);
}

// Recursive, as deep as the message, which was read or built within limits.
bool MeetsLowered(const Message& message) {
  if (IsLowered(*message.GetDescriptor())) return true;
  return AnyInside(message, [&](const FieldDescriptor* field, int index) {
    const auto& from = *message.GetReflection();
    return MeetsLowered(index < 0 ? from.GetMessage(message, field)
                                  : from.GetRepeatedMessage(message, field, index));
  });
}

std::string ToLowered(const Descriptor& type, std::string_view wire) {
  return Rewriter(Rewriter::Way::kIn).Message(type, wire);
}

std::string FromLowered(const Descriptor& type, std::string_view wire) {
  return Rewriter(Rewriter::Way::kOut).Message(type, wire);
}

void ClearImplicitZeros(Message& message) {
  const auto& reflection = *message.GetReflection();
  AnyInside(message, [&](const FieldDescriptor* field, int index) {
    ClearImplicitZeros(index < 0 ? *reflection.MutableMessage(&message, field)
                                 : *reflection.MutableRepeatedMessage(&message, field, index));
    return false;
  });
  if (!IsLowered(*message.GetDescriptor()) || message.GetDescriptor()->options().map_entry()) return;
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (FeaturesOf(*field).implicit_presence && HoldsZero(message, *field))
      reflection.ClearField(&message, field);
  }
}

}  // namespace rpcctl
