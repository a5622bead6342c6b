#include "message/field_resolver.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/text.h"
#include "message/field_type.h"
#include "message/input_error.h"
#include "message/number_text.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kListedFields = 12;

// What a message may be nested on the wire; a server would not parse more.
constexpr size_t kDeepestPath = 100;

const FieldDescriptor* FindField(const Descriptor& type, const PathStep& step,
                                 const NamedExtensionFinder& find_extension) {
  if (step.bracketed) return find_extension(type, step.text);
  if (const FieldDescriptor* field = type.FindFieldByName(step.text)) return field;
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == step.text) return type.field(i);
  }
  return nullptr;
}

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

std::vector<std::string> JsonNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->json_name());
  return names;
}

std::string FieldsHint(const Descriptor& type, std::string_view word) {
  const std::vector<std::string> names = FieldNames(type);
  std::string nearest = DidYouMean(word, names);
  if (nearest.empty()) nearest = DidYouMean(word, JsonNames(type));
  if (!nearest.empty()) return nearest;
  if (names.empty()) return ShortTypeName(type) + " has no fields";
  if (type.field_count() > kListedFields) return "";
  return (names.size() == 1 ? "its field is " : "its fields are ") + JoinForSentence(names, "and");
}

Error NoSuchExtension(const Descriptor& type, const FieldPath& path, size_t index) {
  const std::string& name = path.steps[index].text;
  const bool is_field = type.FindFieldByName(name) != nullptr;
  return InputError(
      path.Upto(index), fmt::format("no such extension of {}", ShortTypeName(type)),
      is_field ? fmt::format("{} is a field: write it after a dot, without brackets", name) : "");
}

// Resolves one path; keeps where it is.
class Resolver final {
 public:
  Resolver(const FieldPath& path, const NamedExtensionFinder& find_extension, size_t first)
      : path_(path), find_extension_(find_extension), at_(first) {}

  Result<ResolvedPath> Resolve(const Descriptor& root) {
    const Descriptor* type = &root;
    while (at_ < path_.steps.size()) {
      Result<ResolvedStep> step = TakeField(*type);
      if (!step) return step.error();
      resolved_.steps.push_back(*step);
      if (at_ == path_.steps.size()) break;
      Result<const Descriptor*> inner = TypeInside(*step);
      if (!inner) return inner.error();
      type = *inner;
      if (IsAny(*type)) break;
    }
    resolved_.rest = at_;
    return std::move(resolved_);
  }

 private:
  Result<ResolvedStep> TakeField(const Descriptor& type) {
    const FieldDescriptor* field = FindField(type, path_.steps[at_], find_extension_);
    if (field == nullptr) return NoSuchField(type, path_, at_);
    ResolvedStep step{field, {}, {}, at_++};
    if (!field->is_repeated() || at_ == path_.steps.size()) return step;
    return field->is_map() ? TakeKey(step) : TakeIndex(step);
  }

  Result<ResolvedStep> TakeIndex(ResolvedStep step) {
    const std::string& text = path_.steps[at_].text;
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    const JsonNumber<int32_t> index = ReadNumberText<int32_t>(text);
    if (!digits || index.fault != NumberFault::kNone) return NoIndex(step);
    step.index = index.value;
    step.last = at_++;
    return step;
  }

  Result<ResolvedStep> TakeKey(ResolvedStep step) {
    const FieldDescriptor& key = *step.field->message_type()->map_key();
    Result<ScalarValue> value = ParseScalar(key, path_.steps[at_].text);
    if (!value) {
      Error error = AtPlace(path_.Upto(at_), value.error());
      error.message += fmt::format(" as a key of {}", FieldTypeName(*step.field));
      return error;
    }
    step.key = std::move(*value);
    step.last = at_++;
    return step;
  }

  Error NoIndex(const ResolvedStep& step) const {
    const std::string_view list = path_.Upto(step.last);
    return InputError(path_.Upto(at_),
                      fmt::format("expected an index into {}, found {}", FieldTypeName(*step.field),
                                  Quoted(path_.steps[at_].text)),
                      fmt::format("elements are counted from 0: {}.0", list));
  }

  Result<const Descriptor*> TypeInside(const ResolvedStep& step) const {
    const FieldDescriptor& field = *step.field;
    const FieldDescriptor* value = field.is_map() ? field.message_type()->map_value() : &field;
    if (value->message_type() == nullptr) return NoFieldsInside(step, *value);
    if (at_ >= kDeepestPath) {
      return InputError(
          "", fmt::format("the path {} is more than {} steps deep", Quoted(path_.typed), kDeepestPath));
    }
    return value->message_type();
  }

  Error NoFieldsInside(const ResolvedStep& step, const FieldDescriptor& value) const {
    std::string hint;
    if (step.key && !path_.steps[step.last].bracketed && !path_.steps[at_].bracketed) {
      const std::string_view map = path_.Upto(step.last - 1);
      const std::string_view key = std::string_view(path_.typed).substr(map.size() + 1);
      hint = fmt::format("a key that holds a dot stands in brackets: {}[{}]", map, key);
    }
    return InputError(
        path_.Upto(at_),
        fmt::format("{} is {} and has no fields", path_.Upto(step.last), ElementTypeName(value)), hint);
  }

  const FieldPath& path_;
  const NamedExtensionFinder& find_extension_;
  size_t at_;  // the first step not yet taken
  ResolvedPath resolved_;
};

}  // namespace

bool ResolvedStep::IsSingle() const {
  return !field->is_repeated() || index || key;
}

Result<ResolvedPath> ResolveFields(const Descriptor& type, const FieldPath& path,
                                   const NamedExtensionFinder& find_extension, size_t first) {
  return Resolver(path, find_extension, first).Resolve(type);
}

Error NoSuchField(const Descriptor& type, const FieldPath& path, size_t index) {
  if (path.steps[index].bracketed) return NoSuchExtension(type, path, index);
  return InputError(path.Upto(index), fmt::format("no such field in {}", ShortTypeName(type)),
                    FieldsHint(type, path.steps[index].text));
}

}  // namespace rpcctl
