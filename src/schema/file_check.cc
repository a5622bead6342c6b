#include "schema/file_check.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/safe_text.h"
#include "schema/edition_features.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

constexpr size_t kShownNameBytes = 80;

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Whether `text` is UTF-8 without control characters (C0, DEL; C1 is a C2 byte with one below A0).
bool IsPlainText(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false;
  }
  return FindInvalidUtf8(text) == std::string_view::npos;
}

// Where the comment or string that begins at `at` ends.
size_t EndOfToken(std::string_view text, size_t at) {
  const char quote = text[at];
  const auto ends_line = [&](size_t i) { return i >= text.size() || text[i] == '\n' || text[i] == '\0'; };
  for (++at; !ends_line(at) && (quote == '#' || text[at] != quote); ++at) {
    if (quote != '#' && text[at] == '\\' && !ends_line(at + 1)) ++at;
  }
  return at;
}

// The brackets that are open at the deepest place of a message in text format. It follows that format's
// tokens as protobuf reads them: a string ends at its quote, both a string and a comment end with the line or
// at a NUL.
size_t DeepestNesting(std::string_view text) {
  size_t depth = 0, deepest = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '<' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == '>' || c == ']') {
      if (depth > 0) --depth;
    } else if (c == '#' || c == '"' || c == '\'') {
      i = EndOfToken(text, i);
    }
  }
  return deepest;
}

// Walks one file and stops at the first problem, which `problem()` then tells.
class Walk final {
 public:
  Walk(uint64_t& name_bytes, uint64_t& range_comparisons)
      : name_bytes_(name_bytes), range_comparisons_(range_comparisons) {}

  const std::string& problem() const { return problem_; }

  void File(const FileDescriptorProto& file) {
    Package(file.package());
    Options(file);
    const size_t scope = file.package().size();
    for (const DescriptorProto& message : file.message_type()) Message(message, scope);
    for (const EnumDescriptorProto& enumeration : file.enum_type()) Enum(enumeration, scope);
    for (const FieldDescriptorProto& extension : file.extension()) Field(extension, scope);
    for (const ServiceDescriptorProto& service : file.service()) Service(service, scope);
  }

 private:
  bool Failed() const { return !problem_.empty(); }

  void Fail(std::string problem) {
    if (!Failed()) problem_ = std::move(problem);
  }

  void Package(std::string_view package) {
    if (package.empty()) return;
    const auto dots = static_cast<size_t>(std::count(package.begin(), package.end(), '.'));
    if (dots >= kMaxPackageParts) return Fail(fmt::format("a package of {} parts", dots + 1));
    if (!IsQualifiedName(package)) {
      Fail(fmt::format("'{}' is not the name of a package", SafeExcerpt(package, kShownNameBytes)));
    }
  }

  // `scope` is the length of the full name that `name` stands in.
  size_t Name(const std::string& name, size_t scope) {
    if (!IsIdentifier(name)) {
      Fail(fmt::format("'{}' is not a name (letters, digits and '_', not beginning with a digit)",
                       SafeExcerpt(name, kShownNameBytes)));
    }
    const size_t length = scope + 1 + name.size();
    name_bytes_ += length;
    if (name_bytes_ > kMaxNameBytes) Fail(std::string(kTooManyNames));
    return length;
  }

  void Message(const DescriptorProto& message, size_t outer) {
    if (Failed()) return;
    const size_t scope = Name(message.name(), outer);
    Options(message);
    for (const FieldDescriptorProto& field : message.field()) Field(field, scope);
    for (const FieldDescriptorProto& extension : message.extension()) Field(extension, scope);
    for (const auto& oneof : message.oneof_decl()) {
      Name(oneof.name(), scope);
      Options(oneof);
    }
    for (const auto& range : message.extension_range()) Options(range);
    Ranges(message.extension_range_size() + message.reserved_range_size(), message.field_size());
    for (const DescriptorProto& nested : message.nested_type()) Message(nested, scope);
    for (const EnumDescriptorProto& enumeration : message.enum_type()) Enum(enumeration, scope);
  }

  void Field(const FieldDescriptorProto& field, size_t scope) {
    if (Failed()) return;
    Name(field.name(), scope);
    Options(field);
    if (!IsPlainText(field.json_name())) {
      Fail(fmt::format("the JSON name of field '{}' has control characters or is not UTF-8: '{}'",
                       SafeExcerpt(field.name(), kShownNameBytes),
                       SafeExcerpt(field.json_name(), kShownNameBytes)));
    }
  }

  void Enum(const EnumDescriptorProto& enumeration, size_t outer) {
    if (Failed()) return;
    Name(enumeration.name(), outer);
    Options(enumeration);
    // A value's full name stands beside its enum, not within it.
    for (const auto& value : enumeration.value()) {
      Name(value.name(), outer);
      Options(value);
    }
    Ranges(enumeration.reserved_range_size(), enumeration.value_size());
  }

  void Service(const ServiceDescriptorProto& service, size_t outer) {
    if (Failed()) return;
    const size_t scope = Name(service.name(), outer);
    Options(service);
    for (const auto& method : service.method()) {
      Name(method.name(), scope);
      Options(method);
    }
  }

  void Ranges(int ranges, int members) {
    range_comparisons_ += static_cast<uint64_t>(ranges) * static_cast<uint64_t>(ranges + members);
    if (range_comparisons_ > kMaxRangeComparisons) Fail(std::string(kTooManyRanges));
  }

  template <typename Declaration>
  void Options(const Declaration& declaration) {
    const auto& open = declaration.options().uninterpreted_option();
    if (open.size() > kMaxOpenOptions) return Fail(std::string(kTooManyOptions));
    for (const auto& option : open) {
      if (DeepestNesting(option.aggregate_value()) > kMaxOptionNesting) Fail(std::string(kOptionTooDeep));
    }
  }

  uint64_t& name_bytes_;
  uint64_t& range_comparisons_;
  std::string problem_;
};

}  // namespace

bool IsIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdentifierBytes && IsLetter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsLetter(c) || IsDigit(c); });
}

bool IsQualifiedName(std::string_view text) {
  if (text.size() > kMaxQualifiedNameBytes) return false;
  for (;;) {
    const size_t dot = text.find('.');
    if (!IsIdentifier(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

Result<void> FileCheck::Check(const FileDescriptorProto& file, std::string_view shown_name) {
  if (Result<void> edition = CheckEdition(file, shown_name); !edition) return edition;
  Walk walk(name_bytes_, range_comparisons_);
  walk.File(file);
  if (walk.problem().empty()) return {};
  return Error{ErrorKind::kSchema, fmt::format("{}: {}", shown_name, walk.problem())};
}

}  // namespace rpcctl
