#include "message/json_problem.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <vector>

#include "base/safe_text.h"
#include "base/text.h"
#include "message/field_type.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;

constexpr size_t kLongestValue = 60;
constexpr size_t kMostListed = 8;

// How each form other than an object is written.
struct FormText {
  JsonForm form;
  std::string_view text;
};

constexpr FormText kForms[] = {
    {JsonForm::kTimestamp, "a string such as \"2026-11-22T10:00:00Z\""},
    {JsonForm::kDuration, "a string such as \"1.5s\""},
    {JsonForm::kFieldMask, "a string such as \"name,user.displayName\""},
    {JsonForm::kListValue, "an array"},
};

std::string_view KindName(ValueKind kind) {
  if (kind == ValueKind::kBytes) return "bytes in base64";
  return FieldDescriptor::TypeName(static_cast<FieldDescriptor::Type>(kind));
}

std::string ExpectedMessage(const MessagePlan& type) {
  // Of the messages without a descriptor, those in Struct and ListValue, every form is taken.
  const std::string name =
      type.descriptor == nullptr ? "google.protobuf.Value" : type.descriptor->full_name();
  if (type.form == JsonForm::kWrapper) return fmt::format("{} ({})", name, KindName(type.wrapped->kind));
  for (const FormText& form : kForms) {
    if (form.form == type.form) return fmt::format("{} ({})", name, form.text);
  }
  return fmt::format("message {} (an object)", name);
}

std::string Expected(const FieldPlan& field, Extent extent, PlanTable& types) {
  if (extent == Extent::kField && field.cardinality == Cardinality::kMap) {
    return FieldTypeName(*field.descriptor) + " (an object)";
  }
  if (extent == Extent::kField && field.cardinality != Cardinality::kSingular) {
    return FieldTypeName(*field.descriptor) + " (an array)";
  }
  if (field.kind == ValueKind::kMessage || field.kind == ValueKind::kGroup) {
    FieldPlan copy = field;
    return ExpectedMessage(types.Of(copy));
  }
  if (field.kind == ValueKind::kEnum) return "enum " + field.descriptor->enum_type()->full_name();
  return std::string(KindName(field.kind));
}

// The scalar type behind a wrapper and a Value.
ValueKind NumberKind(const FieldPlan& field) {
  if (field.type == nullptr) return field.kind;
  return field.type->wrapped != nullptr ? field.type->wrapped->kind : ValueKind::kDouble;
}

JsonProblem UnknownEnumValue(FieldPlan& field, const JsonScalar& scalar, PlanTable& types) {
  const auto& descriptor = *types.EnumOf(field).descriptor;
  const bool is_name = scalar.token == JsonToken::kString;
  const std::string text = SafeExcerpt(scalar.text, kLongestValue);
  JsonProblem problem;
  problem.message =
      fmt::format(fmt::runtime(is_name ? "\"{}\" is not a value of enum {}" : "{} is not a value of enum {}"),
                  text, descriptor.full_name());
  std::vector<std::string> names;
  for (int i = 0; i < descriptor.value_count(); ++i) names.push_back(descriptor.value(i)->name());
  if (is_name) problem.hint = DidYouMean(scalar.text, names);
  if (problem.hint.empty() && names.size() <= kMostListed) {
    problem.hint = "its values are " + JoinForSentence(names, "and");
  }
  return problem;
}

}  // namespace

std::string DescribeScalar(const JsonScalar& scalar) {
  switch (scalar.token) {
    case JsonToken::kNull:
      return "null";
    case JsonToken::kFalse:
      return "false";
    case JsonToken::kTrue:
      return "true";
    case JsonToken::kNumber:
      return "number " + SafeExcerpt(scalar.text, kLongestValue);
    case JsonToken::kString:
      break;
  }
  return fmt::format("string \"{}\"", SafeExcerpt(scalar.text, kLongestValue));
}

std::string WrongType(const FieldPlan& field, Extent extent, PlanTable& types, std::string_view found) {
  return SafeText(fmt::format("expected {}, found {}", Expected(field, extent, types), found));
}

JsonProblem DescribeFault(ValueFault fault, FieldPlan& field, const JsonScalar& scalar, PlanTable& types) {
  if (fault == ValueFault::kUnknownEnumValue) return UnknownEnumValue(field, scalar, types);
  JsonProblem problem;
  if (fault == ValueFault::kOutOfRange) {
    problem.message = fmt::format("{} is out of range for {}", SafeExcerpt(scalar.text, kLongestValue),
                                  KindName(NumberKind(field)));
  } else {
    problem.message = WrongType(field, Extent::kElement, types, DescribeScalar(scalar));
    const bool is_unquoted = scalar.token != JsonToken::kString && scalar.token != JsonToken::kNull;
    if (field.kind == ValueKind::kString && is_unquoted)
      problem.hint =
          fmt::format("a string stands in double quotes: \"{}\"", SafeExcerpt(scalar.text, kLongestValue));
  }
  return problem;
}

JsonProblem UnknownField(const MessagePlan& type, std::string_view name) {
  JsonProblem problem;
  problem.message = SafeText("no such field in " + type.descriptor->full_name());
  const bool proto_names = name.find('_') != std::string_view::npos;
  std::vector<std::string> names;
  for (const FieldPlan& field : type.fields) {
    if (field.descriptor == nullptr) {
      names.emplace_back("value");
    } else if (!field.descriptor->is_extension()) {
      names.push_back(proto_names ? field.descriptor->name() : field.descriptor->json_name());
    }
  }
  problem.hint = SafeText(DidYouMean(name, names));
  return problem;
}

JsonProblem DuplicateField(const FieldPlan& field) {
  JsonProblem problem;
  problem.message = "the field is given twice";
  const auto* descriptor = field.descriptor;
  if (descriptor == nullptr || descriptor->is_extension()) return problem;
  if (descriptor->name() == descriptor->json_name()) return problem;
  problem.hint = SafeText(
      fmt::format("'{}' and '{}' are two names of one field", descriptor->json_name(), descriptor->name()));
  return problem;
}

JsonProblem OneofConflict(const FieldPlan& field, const FieldPlan* other) {
  const auto& oneof = *field.descriptor->containing_oneof();
  JsonProblem problem;
  const std::string set =
      other == nullptr ? "another member" : fmt::format("'{}'", other->descriptor->json_name());
  problem.message = SafeText(fmt::format("{} of the same oneof ({}) is set already", set, oneof.name()));
  std::vector<std::string> names;
  for (int i = 0; i < oneof.field_count(); ++i) names.push_back("'" + oneof.field(i)->json_name() + "'");
  if (names.size() <= kMostListed) problem.hint = SafeText("set one of " + JoinForSentence(names));
  return problem;
}

std::string MissingField(const MessagePlan& type, const FieldPlan& field) {
  const std::string name = field.descriptor == nullptr ? "value" : field.descriptor->json_name();
  return SafeText(
      fmt::format("the required field '{}' of {} is missing", name, type.descriptor->full_name()));
}

}  // namespace rpcctl
