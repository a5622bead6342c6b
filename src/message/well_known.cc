#include "message/well_known.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include "base/safe_text.h"
#include "message/input_error.h"
#include "message/slot.h"
#include "message/time_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Text {
  std::string_view text;
  TextOrigin origin;
  std::chrono::system_clock::time_point now;
};

// Goes by way of the wire, so that a server's own idea of the type can break nothing.
Result<void> Become(Message& message, const Message& known) {
  if (message.ParsePartialFromString(known.SerializePartialAsString())) return {};
  return Error{ErrorKind::kInput, message.GetDescriptor()->full_name() + " has an unknown shape"};
}

template <typename T>
T TimeMessage(SecondsAndNanos time) {
  T message;
  message.set_seconds(time.seconds);
  message.set_nanos(time.nanos);
  return message;
}

Result<void> SetTimestamp(Message& message, const Text& text) {
  const Result<SecondsAndNanos> time =
      ParseTimestampText(WithoutFinalNewline(text.text, text.origin), text.now);
  if (!time) return time.error();
  return Become(message, TimeMessage<google::protobuf::Timestamp>(*time));
}

Result<void> SetDuration(Message& message, const Text& text) {
  const Result<SecondsAndNanos> time = ParseDurationText(WithoutFinalNewline(text.text, text.origin));
  if (!time) return time.error();
  return Become(message, TimeMessage<google::protobuf::Duration>(*time));
}

// Paths are taken as they are: nobody knows here which message the mask is for.
Result<void> SetFieldMask(Message& message, const Text& text) {
  google::protobuf::FieldMask mask;
  std::string_view rest = WithoutFinalNewline(text.text, text.origin);
  for (bool more = !rest.empty(); more;) {
    const size_t comma = rest.find(',');
    more = comma != std::string_view::npos;
    const std::string_view path = rest.substr(0, comma);
    if (path.empty() || path.find(' ') != std::string_view::npos || FindInvalidUtf8(path) != path.npos) {
      return InputError("", fmt::format("expected google.protobuf.FieldMask, found {}", Quoted(text.text)),
                        "write it as name,user.id");
    }
    mask.add_paths(std::string(path));
    if (more) rest.remove_prefix(comma + 1);
  }
  return Become(message, mask);
}

Result<void> SetStringValue(Message& message, const Text& text) {
  if (FindInvalidUtf8(text.text) != std::string_view::npos) {
    return InputError("", "expected google.protobuf.Value, found bytes that are not UTF-8");
  }
  google::protobuf::Value value;
  value.set_string_value(std::string(text.text));
  return Become(message, value);
}

const FieldDescriptor* WrappedField(const Descriptor& type) {
  const FieldDescriptor* field = type.FindFieldByNumber(1);
  const bool scalar = field != nullptr && !field->is_repeated() && field->message_type() == nullptr;
  return scalar ? field : nullptr;
}

Result<void> SetWrapped(Message& message, const Text& text) {
  const FieldDescriptor& field = *WrappedField(*message.GetDescriptor());
  Result<ScalarValue> value = ParseScalar(field, text.text, text.origin);
  if (!value) return value.error();
  message.Clear();
  StoreScalar({&message, &field, -1}, *value);
  return {};
}

struct TextForm {
  std::string_view type;  // within google.protobuf
  Result<void> (*set)(Message&, const Text&);
};

constexpr TextForm kTextForms[] = {
    {"Timestamp", SetTimestamp}, {"Duration", SetDuration},   {"FieldMask", SetFieldMask},
    {"Value", SetStringValue},   {"BoolValue", SetWrapped},   {"BytesValue", SetWrapped},
    {"DoubleValue", SetWrapped}, {"FloatValue", SetWrapped},  {"Int32Value", SetWrapped},
    {"Int64Value", SetWrapped},  {"StringValue", SetWrapped}, {"UInt32Value", SetWrapped},
    {"UInt64Value", SetWrapped},
};

const TextForm* FormOf(const Descriptor& type) {
  if (type.file()->package() != "google.protobuf") return nullptr;
  for (const TextForm& form : kTextForms) {
    if (type.name() != form.type || type.containing_type() != nullptr) continue;
    return form.set == SetWrapped && WrappedField(type) == nullptr ? nullptr : &form;
  }
  return nullptr;
}

}  // namespace

bool HasTextForm(const Descriptor& type) {
  return FormOf(type) != nullptr;
}

bool IsAny(const Descriptor& type) {
  return type.full_name() == "google.protobuf.Any";
}

bool MayBeJsonArray(const Descriptor& type) {
  return type.full_name() == "google.protobuf.ListValue" || type.full_name() == "google.protobuf.Value";
}

Result<void> SetFromText(Message& message, std::string_view text, TextOrigin origin,
                         std::chrono::system_clock::time_point now) {
  return FormOf(*message.GetDescriptor())->set(message, {text, origin, now});
}

std::string ShortTypeName(const Descriptor& type) {
  const size_t package = type.file()->package().size();
  return type.full_name().substr(package == 0 ? 0 : package + 1);
}

}  // namespace rpcctl
