#include "message/json_form.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <chrono>
#include <cstdlib>
#include <iterator>
#include <span>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

struct FieldShape {
  FieldDescriptor::Type type;
  bool repeated = false;  // a map too
};

constexpr FieldShape kInt64{FieldDescriptor::TYPE_INT64};
constexpr FieldShape kInt32{FieldDescriptor::TYPE_INT32};
constexpr FieldShape kUint64{FieldDescriptor::TYPE_UINT64};
constexpr FieldShape kUint32{FieldDescriptor::TYPE_UINT32};
constexpr FieldShape kDouble{FieldDescriptor::TYPE_DOUBLE};
constexpr FieldShape kFloat{FieldDescriptor::TYPE_FLOAT};
constexpr FieldShape kBool{FieldDescriptor::TYPE_BOOL};
constexpr FieldShape kEnum{FieldDescriptor::TYPE_ENUM};
constexpr FieldShape kString{FieldDescriptor::TYPE_STRING};
constexpr FieldShape kBytes{FieldDescriptor::TYPE_BYTES};
constexpr FieldShape kMessage{FieldDescriptor::TYPE_MESSAGE};
constexpr FieldShape kStrings{FieldDescriptor::TYPE_STRING, true};
constexpr FieldShape kMessages{FieldDescriptor::TYPE_MESSAGE, true};

constexpr FieldShape kTime[] = {kInt64, kInt32};
constexpr FieldShape kMask[] = {kStrings};
constexpr FieldShape kAnyFields[] = {kString, kBytes};
constexpr FieldShape kList[] = {kMessages};
constexpr FieldShape kValueFields[] = {kEnum, kDouble, kString, kBool, kMessage, kMessage};

struct WellKnownType {
  std::string_view name;  // behind "google.protobuf."
  JsonForm form;
  std::span<const FieldShape> fields;  // numbered 1, 2, 3, ...
};

constexpr WellKnownType kWellKnownTypes[] = {
    {"Timestamp", JsonForm::kTimestamp, kTime},
    {"Duration", JsonForm::kDuration, kTime},
    {"FieldMask", JsonForm::kFieldMask, kMask},
    {"Struct", JsonForm::kStruct, kList},
    {"Value", JsonForm::kValue, kValueFields},
    {"ListValue", JsonForm::kListValue, kList},
    {"Any", JsonForm::kAny, kAnyFields},
    {"DoubleValue", JsonForm::kWrapper, {&kDouble, 1}},
    {"FloatValue", JsonForm::kWrapper, {&kFloat, 1}},
    {"Int64Value", JsonForm::kWrapper, {&kInt64, 1}},
    {"UInt64Value", JsonForm::kWrapper, {&kUint64, 1}},
    {"Int32Value", JsonForm::kWrapper, {&kInt32, 1}},
    {"UInt32Value", JsonForm::kWrapper, {&kUint32, 1}},
    {"BoolValue", JsonForm::kWrapper, {&kBool, 1}},
    {"StringValue", JsonForm::kWrapper, {&kString, 1}},
    {"BytesValue", JsonForm::kWrapper, {&kBytes, 1}},
};

// Whatever else a server calls by such a name, with extensions or of other fields, is written as what it is.
bool HasFields(const Descriptor& type, std::span<const FieldShape> shapes) {
  if (type.field_count() != static_cast<int>(shapes.size()) || type.extension_range_count() > 0) return false;
  int number = 0;
  for (const FieldShape& shape : shapes) {
    const FieldDescriptor* field = type.FindFieldByNumber(++number);
    if (field == nullptr || field->type() != shape.type || field->is_repeated() != shape.repeated)
      return false;
  }
  return true;
}

bool HasShape(const Descriptor& type, const WellKnownType& known) {
  if (!HasFields(type, known.fields)) return false;
  switch (known.form) {
    case JsonForm::kValue:  // one of its fields
      return type.real_oneof_decl_count() == 1 && type.oneof_decl(0)->field_count() == type.field_count();
    case JsonForm::kStruct:
      return type.FindFieldByNumber(1)->is_map();
    case JsonForm::kListValue:
      return !type.FindFieldByNumber(1)->is_map();
    default:
      return true;
  }
}

constexpr int64_t kFirstTimestamp = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kLastTimestamp = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr int64_t kLongestDuration = 315'576'000'000;
constexpr int32_t kNanosPerSecond = 1'000'000'000;

// The last `width` digits of `number`, which is not negative.
void AppendDigits(int64_t number, int width, std::string& out) {
  const size_t begin = out.size();
  out.resize(begin + static_cast<size_t>(width));
  for (size_t at = out.size(); at > begin; number /= 10) out[--at] = static_cast<char>('0' + number % 10);
}

// The digits behind a second's point, in groups of three; none when `nanos` (0 to 999999999) is 0.
void AppendFraction(int32_t nanos, std::string& out) {
  if (nanos == 0) return;
  out += '.';
  if (nanos % 1'000'000 == 0) {
    AppendDigits(nanos / 1'000'000, 3, out);
  } else if (nanos % 1'000 == 0) {
    AppendDigits(nanos / 1'000, 6, out);
  } else {
    AppendDigits(nanos, 9, out);
  }
}

bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}

// Only such a path is the same after a way to lowerCamelCase and back.
bool SurvivesCamelCase(std::string_view path) {
  if (path.empty()) return false;
  for (size_t i = 0; i < path.size(); ++i) {
    if ((path[i] >= 'A' && path[i] <= 'Z') || path[i] == ',') return false;
    if (path[i] == '_' && (i + 1 == path.size() || !IsLower(path[i + 1]))) return false;
  }
  return true;
}

}  // namespace

JsonForm JsonFormOf(const Descriptor& type) {
  constexpr std::string_view kPackage = "google.protobuf.";
  std::string_view name = type.full_name();
  if (!name.starts_with(kPackage)) return JsonForm::kObject;
  name.remove_prefix(kPackage.size());
  for (const WellKnownType& known : kWellKnownTypes) {
    if (known.name == name) return HasShape(type, known) ? known.form : JsonForm::kObject;
  }
  return JsonForm::kObject;
}

MaybeFault AppendTimestamp(int64_t seconds, int32_t nanos, std::string& out) {
  if (seconds < kFirstTimestamp || seconds > kLastTimestamp || nanos < 0 || nanos >= kNanosPerSecond) {
    return MessageFault{
        fmt::format("a Timestamp of {} s and {} ns, out of the years 1 to 9999,", seconds, nanos)};
  }
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  AppendDigits(static_cast<int>(date.year()), 4, out);
  out += '-';
  AppendDigits(static_cast<unsigned>(date.month()), 2, out);
  out += '-';
  AppendDigits(static_cast<unsigned>(date.day()), 2, out);
  out += 'T';
  AppendDigits(clock.hours().count(), 2, out);
  out += ':';
  AppendDigits(clock.minutes().count(), 2, out);
  out += ':';
  AppendDigits(clock.seconds().count(), 2, out);
  AppendFraction(nanos, out);
  out += 'Z';
  return std::nullopt;
}

MaybeFault AppendDuration(int64_t seconds, int32_t nanos, std::string& out) {
  const bool in_range = seconds >= -kLongestDuration && seconds <= kLongestDuration &&
                        nanos > -kNanosPerSecond && nanos < kNanosPerSecond;
  const bool one_sign = (seconds >= 0 && nanos >= 0) || (seconds <= 0 && nanos <= 0);
  if (!in_range || !one_sign) {
    return MessageFault{fmt::format("a Duration of {} s and {} ns, {},", seconds, nanos,
                                    in_range ? "of unlike signs" : "out of 10000 years")};
  }
  if (seconds < 0 || nanos < 0) out += '-';
  out += std::to_string(std::abs(seconds));
  AppendFraction(std::abs(nanos), out);
  out += 's';
  return std::nullopt;
}

MaybeFault AppendMaskPath(std::string_view path, std::string& out) {
  if (!SurvivesCamelCase(path)) {
    return MessageFault{"a FieldMask path '" + SafeExcerpt(path, 60) +
                        "', which has no lowerCamelCase form,"};
  }
  bool capital = false;
  for (const char c : path) {
    if (c != '_') out += capital ? static_cast<char>(c - 'a' + 'A') : c;
    capital = c == '_';
  }
  return std::nullopt;
}

}  // namespace rpcctl
