#include "message/format_path.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/safe_text.h"
#include "base/text.h"
#include "message/field_type.h"
#include "message/json_form.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Choice = FormatStep::Choice;

// A path is cut into these at dots and brackets; each has the path up to and with it, for messages.
struct Segment {
  std::string_view text;
  bool bracketed;
  std::string_view upto;
};

Error PathError(std::string_view path, std::string_view what, std::string_view hint = {}) {
  return {ErrorKind::kUsage, SafeText(fmt::format("{}: {}", path, what)), SafeLines(hint)};
}

Result<Segment> SegmentAt(std::string_view path, size_t at) {
  if (path.substr(at).starts_with('[')) {
    const size_t end = path.find(']', at);
    if (end == std::string_view::npos) return PathError(path, "'[' without its ']'");
    return Segment{path.substr(at + 1, end - at - 1), true, path.substr(0, end + 1)};
  }
  const size_t end = std::min(path.find_first_of(".[]", at), path.size());
  if (end == at) return PathError(path, "a field name is missing");
  return Segment{path.substr(at, end - at), false, path.substr(0, end)};
}

Result<std::vector<Segment>> Split(std::string_view path) {
  std::vector<Segment> segments;
  for (size_t at = 0;; at += path[at] == '.') {
    const Result<Segment> segment = SegmentAt(path, at);
    if (!segment) return segment.error();
    segments.push_back(*segment);
    at = segment->upto.size();
    if (at == path.size()) return segments;
    if (path[at] != '.' && path[at] != '[') {
      return PathError(path, fmt::format("'.' or '[' was expected behind {}", segment->upto));
    }
  }
}

// The whole of `text` as an Integer, written as MapKeyText writes it.
template <typename Integer>
std::optional<std::string> IntegerKey(std::string_view text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::to_string(value);
}

std::optional<std::string> MapKey(std::string_view text, const FieldDescriptor& key) {
  switch (key.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return IntegerKey<int32_t>(text);
    case FieldDescriptor::CPPTYPE_INT64:
      return IntegerKey<int64_t>(text);
    case FieldDescriptor::CPPTYPE_UINT32:
      return IntegerKey<uint32_t>(text);
    case FieldDescriptor::CPPTYPE_UINT64:
      return IntegerKey<uint64_t>(text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return text == "true" || text == "false" ? std::optional<std::string>(text) : std::nullopt;
    default:
      return std::string(text);
  }
}

// Walks the segments along the type.
class PathResolver {
 public:
  PathResolver(const Descriptor& type, const NamedExtensionFinder& find_extension,
               const TypeFinder& find_content)
      : type_(&type), find_extension_(find_extension), find_content_(find_content) {}

  Result<void> Take(const Segment& segment);
  std::vector<FormatStep> TakeSteps() { return std::move(steps_); }

 private:
  Result<void> TakeField(const Segment& segment);
  Result<void> TakeIndex(const Segment& segment);
  Result<void> TakeKey(const Segment& segment);
  Result<void> TakeContent(const Segment& segment);
  const FieldDescriptor* FindField(const Segment& segment) const;
  Error NoSuchField(const Segment& segment) const;

  const Descriptor* type_;  // of the message reached; null behind a scalar
  const NamedExtensionFinder& find_extension_;
  const TypeFinder& find_content_;
  const FieldDescriptor* container_ = nullptr;  // the list or map of which an element is to be chosen next
  std::vector<FormatStep> steps_;
};

Result<void> PathResolver::Take(const Segment& segment) {
  if (container_ != nullptr) return container_->is_map() ? TakeKey(segment) : TakeIndex(segment);
  const bool is_any = type_ != nullptr && JsonFormOf(*type_) == JsonForm::kAny;
  if (is_any && segment.bracketed && find_content_) return TakeContent(segment);
  if (type_ != nullptr) return TakeField(segment);
  return PathError(segment.upto, "no such field, since what stands before it is not a message");
}

Result<void> PathResolver::TakeField(const Segment& segment) {
  const FieldDescriptor* field = FindField(segment);
  if (field == nullptr) return NoSuchField(segment);
  steps_.push_back({field});
  container_ = field->is_repeated() ? field : nullptr;
  type_ = field->message_type();
  return {};
}

const FieldDescriptor* PathResolver::FindField(const Segment& segment) const {
  const std::string name(segment.text);
  if (segment.bracketed) {
    return find_extension_(*type_, name);
  }
  if (const FieldDescriptor* field = type_->FindFieldByName(name)) return field;
  if (name == "@type" && JsonFormOf(*type_) == JsonForm::kAny) return type_->FindFieldByNumber(1);
  for (int i = 0; i < type_->field_count(); ++i) {
    if (type_->field(i)->json_name() == name) return type_->field(i);
  }
  return nullptr;
}

Error PathResolver::NoSuchField(const Segment& segment) const {
  constexpr size_t kMostListed = 12;
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(type_->field_count()));
  for (int i = 0; i < type_->field_count(); ++i) names.push_back(type_->field(i)->name());
  std::string hint = DidYouMean(segment.text, names);
  if (find_content_ && JsonFormOf(*type_) == JsonForm::kAny)
    hint = "name the type of what is in it: [pkg.Type]." + SafeText(segment.text);
  if (hint.empty() && !names.empty() && names.size() <= kMostListed) {
    hint = "its fields are " + JoinForSentence(names, "and");
  }
  return PathError(segment.upto, "no such field in " + type_->full_name(), hint);
}

Result<void> PathResolver::TakeContent(const Segment& segment) {
  const Descriptor* content = find_content_(segment.text);
  if (content == nullptr || content->options().map_entry()) {
    return PathError(
        segment.upto, fmt::format("'{}' is no known type of a message", segment.text),
        "what is in an Any is named by its type: [pkg.Type]; a short name only finds what a file "
        "that was given has, or what a service leads to");
  }
  steps_.push_back({.field = nullptr, .choice = Choice::kContent, .content = content});
  type_ = content;
  return {};
}

Result<void> PathResolver::TakeIndex(const Segment& segment) {
  int index = 0;
  const char* end = segment.text.data() + segment.text.size();
  const auto [parsed, error] = std::from_chars(segment.text.data(), end, index);
  if (error != std::errc() || parsed != end || index < 0) {
    const std::string& name = container_->name();
    return PathError(
        segment.upto,
        fmt::format("'{}' is not an index, and {} is {}", segment.text, name, FieldTypeName(*container_)),
        fmt::format("its first element is {}[0]", name));
  }
  steps_.back().choice = Choice::kElement;
  steps_.back().index = index;
  container_ = nullptr;
  return {};
}

Result<void> PathResolver::TakeKey(const Segment& segment) {
  std::optional<std::string> key = MapKey(segment.text, *container_->message_type()->map_key());
  if (!key) {
    return PathError(segment.upto,
                     fmt::format("'{}' is not a key of {}", segment.text, FieldTypeName(*container_)));
  }
  steps_.back().choice = Choice::kMapValue;
  steps_.back().key = std::move(*key);
  type_ = container_->message_type()->map_value()->message_type();
  container_ = nullptr;
  return {};
}

}  // namespace

Result<std::vector<FormatStep>> ParseFormatPath(std::string_view path, const Descriptor& type,
                                                const NamedExtensionFinder& find_extension,
                                                const TypeFinder& find_content) {
  const Result<std::vector<Segment>> segments = Split(path);
  if (!segments) return segments.error();
  PathResolver resolver(type, find_extension, find_content);
  for (const Segment& segment : *segments) {
    if (Result<void> taken = resolver.Take(segment); !taken) return taken.error();
  }
  return resolver.TakeSteps();
}

}  // namespace rpcctl
