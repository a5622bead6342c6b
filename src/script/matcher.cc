#include "script/matcher.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "base/safe_text.h"
#include "script/operand.h"
#include "script/operand_text.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;

using Kind = ValueShape::Kind;

bool IsDocument(const ValueShape& shape) {
  return shape.kind == Kind::kMessage || shape.kind == Kind::kList || shape.kind == Kind::kMap;
}
bool IsText(const ValueShape& shape) {
  const bool is_string =
      shape.kind == Kind::kScalar && shape.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return shape.kind == Kind::kText || is_string;
}
bool IsBool(const ValueShape& shape) {
  return shape.kind == Kind::kScalar && shape.field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
}

std::string_view RelationText(Relation relation) {
  constexpr std::string_view kTexts[] = {"==",     "!=",      "<",        "<=",         ">",
                                         ">=",     "matches", "contains", "startswith", "endswith",
                                         "exists", "absent",  "isempty",  "in"};
  return kTexts[static_cast<size_t>(relation)];
}

// The predicate as it is written, with `operands` behind it.
std::string PredicateText(const Predicate& predicate, const std::vector<std::string>& operands) {
  std::string text = predicate.negated ? "not " : "";
  text += RelationText(predicate.relation);
  if (predicate.relation == Relation::kIn) return fmt::format("{} [{}]", text, fmt::join(operands, ", "));
  return operands.empty() ? text : text + " " + operands.front();
}

bool IsMeant(Relation relation, const ValueShape& shape) {
  switch (relation) {
    case Relation::kLess:
    case Relation::kLessEqual:
    case Relation::kGreater:
    case Relation::kGreaterEqual:
      return !IsDocument(shape) && !IsBool(shape);
    case Relation::kMatches:
    case Relation::kStartsWith:
    case Relation::kEndsWith:
      return IsText(shape);
    case Relation::kContains:
      return IsText(shape) || shape.kind == Kind::kList || shape.kind == Kind::kMap;
    case Relation::kIsEmpty:
      return IsText(shape) || IsDocument(shape);
    case Relation::kExists:
    case Relation::kAbsent:
      return shape.kind != Kind::kCount;
    default:
      return true;
  }
}

// What an operand is a value of, which for `contains` is one element of the whole.
ValueShape OperandShape(Relation relation, const ValueShape& shape) {
  if (relation != Relation::kContains) return shape;
  if (shape.kind == Kind::kList) return ShapeOfElement(*shape.field);
  if (shape.kind == Kind::kMap) return ShapeOfElement(*shape.field->message_type()->map_key());
  return shape;
}

bool IsNull(const Operand& operand, Relation relation, const ValueShape& shape) {
  const bool may_be =
      shape.type != nullptr && (relation == Relation::kEqual || relation == Relation::kUnequal);
  return may_be && !operand.quoted && operand.text == "null";
}

Result<std::unique_ptr<re2::RE2>> MakePattern(const std::string& text, const ValueShape& shape) {
  const bool is_bytes = shape.kind == Kind::kScalar && shape.field->type() == FieldDescriptor::TYPE_BYTES;
  re2::RE2::Options options(is_bytes ? re2::RE2::Latin1 : re2::RE2::DefaultOptions);
  options.set_log_errors(false);
  auto pattern = std::make_unique<re2::RE2>(text, options);
  if (pattern->ok()) return pattern;
  return Error{ErrorKind::kInput,
               fmt::format("'{}' is no regular expression: {}", SafeText(text), SafeText(pattern->error())),
               "the syntax is RE2's: https://github.com/google/re2/wiki/Syntax"};
}

}  // namespace

struct Matcher::Parts {
  Relation relation = Relation::kExists;
  bool negated = false;
  bool is_document = false;  // the operands are JSON
  std::vector<TypedValue> values;
  std::vector<std::string> documents;
  std::unique_ptr<re2::RE2> pattern;
  std::string shown;  // as Text gives it

  bool HoldsPlainly(const ActualValue& actual) const;
  bool IsOneOf(const ActualValue& actual) const;
  bool IsContained(const ActualValue& actual) const;
  bool CompareText(const ActualValue& actual) const;
};

Matcher::Matcher(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

Result<void> CheckRelation(const Predicate& predicate, const ValueShape& shape) {
  if (IsMeant(predicate.relation, shape)) return {};
  return Error{ErrorKind::kUsage,
               fmt::format("'{}' says nothing about {}", RelationText(predicate.relation), ShapeName(shape))};
}

Result<Matcher> Matcher::Make(const Predicate& predicate, const ValueShape& shape,
                              const std::vector<Operand>& operands, const OperandReading& reading) {
  if (Result<void> meant = CheckRelation(predicate, shape); !meant) return meant.error();
  auto parts = std::make_unique<Parts>();
  parts->relation = predicate.relation;
  parts->negated = predicate.negated;
  const ValueShape wanted = OperandShape(predicate.relation, shape);
  parts->is_document = IsDocument(wanted);
  std::vector<std::string> texts;
  for (const Operand& operand : operands) {
    if (IsNull(operand, predicate.relation, shape)) {
      // What is null was not set.
      parts->relation = predicate.relation == Relation::kEqual ? Relation::kAbsent : Relation::kExists;
      texts.push_back(operand.text);
    } else if (predicate.relation == Relation::kMatches) {
      Result<std::unique_ptr<re2::RE2>> pattern = MakePattern(operand.text, shape);
      if (!pattern) return pattern.error();
      parts->pattern = std::move(*pattern);
      texts.push_back(operand.text);  // no value, but what values are looked at by
    } else if (parts->is_document) {
      Result<std::string> document = ReadDocument(operand, wanted, reading);
      if (!document) return document.error();
      texts.push_back(operand.filled_in ? operand.json : *document);
      parts->documents.push_back(std::move(*document));
    } else {
      Result<TypedValue> value = ReadTyped(operand, wanted, reading);
      if (!value) return value.error();
      texts.push_back(OperandText(operand, wanted, *value));
      parts->values.push_back(std::move(*value));
    }
  }
  parts->shown = PredicateText(predicate, texts);
  return Matcher(std::move(parts));
}

std::string Matcher::Text() const {
  return parts_->shown;
}

bool Matcher::WantsJson() const {
  return !parts_->documents.empty();
}

bool Matcher::Holds(const ActualValue& actual) const {
  if (!actual.fault.empty()) return false;
  const bool asks_for_presence =
      parts_->relation == Relation::kExists || parts_->relation == Relation::kAbsent;
  if (!actual.there && !asks_for_presence) return false;
  return parts_->HoldsPlainly(actual) != parts_->negated;
}

bool Matcher::Parts::IsOneOf(const ActualValue& actual) const {
  if (is_document) return std::ranges::find(documents, actual.json) != documents.end();
  return std::ranges::any_of(
      values, [&](const TypedValue& value) { return actual.typed && Compare(*actual.typed, value) == 0; });
}

bool Matcher::Parts::IsContained(const ActualValue& actual) const {
  if (is_document)
    return std::ranges::find(actual.element_documents, documents.front()) != actual.element_documents.end();
  if (actual.typed) return CompareText(actual);
  return std::ranges::any_of(
      actual.elements, [&](const TypedValue& element) { return Compare(element, values.front()) == 0; });
}

bool Matcher::Parts::CompareText(const ActualValue& actual) const {
  const auto& text = std::get<std::string>(std::get<ScalarValue>(*actual.typed));
  if (relation == Relation::kMatches) return re2::RE2::PartialMatch(text, *pattern);
  const auto& part = std::get<std::string>(std::get<ScalarValue>(values.front()));
  if (relation == Relation::kStartsWith) return text.starts_with(part);
  if (relation == Relation::kEndsWith) return text.ends_with(part);
  return text.find(part) != std::string::npos;
}

bool Matcher::Parts::HoldsPlainly(const ActualValue& actual) const {
  if (relation == Relation::kExists) return actual.present;
  if (relation == Relation::kAbsent) return !actual.present;
  if (relation == Relation::kUnequal) return !IsOneOf(actual);
  switch (relation) {
    case Relation::kEqual:
    case Relation::kIn:
      return IsOneOf(actual);
    case Relation::kLess:
      return Compare(*actual.typed, values.front()) < 0;
    case Relation::kLessEqual:
      return Compare(*actual.typed, values.front()) <= 0;
    case Relation::kGreater:
      return Compare(*actual.typed, values.front()) > 0;
    case Relation::kGreaterEqual:
      return Compare(*actual.typed, values.front()) >= 0;
    case Relation::kContains:
      return IsContained(actual);
    case Relation::kIsEmpty:
      return actual.size == 0;
    default:
      return CompareText(actual);
  }
}

}  // namespace rpcctl
