#include "schema/outline.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <limits>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "schema/declared_names.h"
#include "schema/edition_features.h"
#include "schema/edition_raising.h"
#include "schema/field_text.h"
#include "schema/file_check.h"
#include "schema/member_order.h"
#include "schema/option_text.h"
#include "schema/outline_writer.h"
#include "schema/quote.h"
#include "schema/type_name.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::OneofDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;

// "5", "5 to 9", "5 to max"; both ends belong to it.
std::string Range(int first, int last, int max) {
  if (first == last) return std::to_string(first);
  return last == max ? fmt::format("{} to max", first) : fmt::format("{} to {}", first, last);
}

bool HasAliases(const EnumDescriptor& enumeration) {
  std::set<int> numbers;
  for (int i = 0; i < enumeration.value_count(); ++i) numbers.insert(enumeration.value(i)->number());
  return static_cast<int>(numbers.size()) < enumeration.value_count();
}

// Prints declarations of one file, each with all it holds.
class Printer final {
 public:
  explicit Printer(const FileDescriptor& file) : file_(file), edition_(LoweredFrom(file)) {}

  std::string Take() const { return out_.text(); }

  void File() {
    Header();
    Members(MembersInOrder(file_));
  }

  // Without the paragraphs of comment apart from it: these belong to the file.
  void Only(const Symbol& symbol) {
    Comments comments = CommentsOf(symbol);
    comments.detached.clear();
    if (symbol.field != nullptr && symbol.field->is_extension()) {
      Extend({&symbol, 1});
    } else {
      Declaration(symbol, comments);
    }
  }

 private:
  static bool IsBlock(const Symbol& symbol) {
    if (symbol.field != nullptr) return symbol.field->is_extension() || IsGroup(*symbol.field);
    return symbol.enum_value == nullptr && symbol.method == nullptr;
  }

  static const Descriptor* Extendee(const Symbol& member) {
    const bool extension = member.field != nullptr && member.field->is_extension();
    return extension ? member.field->containing_type() : nullptr;
  }

  // Blocks stand apart from what is around them; extensions of one type that follow each other share a block.
  // Returns whether the last was a block.
  bool Members(const std::vector<Symbol>& members) {
    bool after_block = false;
    for (size_t i = 0; i < members.size();) {
      size_t end = i + 1;
      if (after_block || IsBlock(members[i])) out_.Gap();
      if (const Descriptor* extendee = Extendee(members[i])) {
        while (end < members.size() && Extendee(members[end]) == extendee) ++end;
        Extend({members.data() + i, end - i});
      } else {
        Declaration(members[i], CommentsOf(members[i]));
      }
      after_block = IsBlock(members[i]);
      i = end;
    }
    return after_block;
  }

  void Declaration(const Symbol& symbol, const Comments& comments) {
    if (symbol.service) return Service(*symbol.service, comments);
    if (symbol.method) return Method(*symbol.method, comments);
    if (symbol.message) {
      const std::string heading =
          fmt::format("{}message {}", VisibilityOf(*symbol.message), symbol.message->name());
      return Type(heading, *symbol.message, comments);
    }
    if (symbol.field) return Field(*symbol.field, comments);
    if (symbol.oneof) return Oneof(*symbol.oneof, comments);
    if (symbol.enumeration) return Enum(*symbol.enumeration, comments);
    if (symbol.enum_value) return Value(*symbol.enum_value, comments);
  }

  void Header() {
    if (edition_ == 0 || edition_ == kEditionProto3) {
      const std::string_view syntax =
          edition_ == 0 ? FileDescriptor::SyntaxName(file_.syntax()) : std::string_view("proto3");
      Statement(fmt::format("syntax = \"{}\";", syntax), FileDescriptorProto::kSyntaxFieldNumber);
    } else {
      Statement(fmt::format("edition = \"{}\";", EditionName(edition_)), kEditionNumber);
    }
    out_.Gap();
    if (!file_.package().empty()) {
      Statement(fmt::format("package {};", file_.package()), FileDescriptorProto::kPackageFieldNumber);
    }
    out_.Gap();
    Imports();
    out_.Gap();
    Options(file_.options());
    out_.Gap();
  }

  // A statement of the file that the source info knows by its number.
  void Statement(const std::string& text, int number) {
    SourceLocation location;
    const bool known = file_.GetSourceLocation(std::vector<int>{number}, &location);
    out_.Line(text, known ? CommentsAt(location) : Comments());
  }

  void Imports() {
    FileDescriptorProto proto;
    file_.CopyTo(&proto);
    for (int i = 0; i < proto.dependency_size(); ++i) {
      std::string_view how;
      for (const int index : proto.public_dependency()) how = index == i ? "public " : how;
      for (const int index : proto.weak_dependency()) how = index == i ? "weak " : how;
      out_.Line(fmt::format("import {}{};", how, QuoteText(proto.dependency(i))));
    }
    for (const std::string& import : OptionImports(file_))
      out_.Line(fmt::format("import option {};", QuoteText(import)));
  }

  void Options(const Message& options) {
    for (const std::string& option : OptionAssignments(options, *file_.pool()))
      out_.Line("option " + option + ";");
  }

  std::string Bracketed(const Message& options) {
    const std::vector<std::string> assignments = OptionAssignments(options, *file_.pool());
    return assignments.empty() ? "" : fmt::format(" [{}]", fmt::join(assignments, ", "));
  }

  void Type(const std::string& heading, const Descriptor& type, const Comments& comments) {
    out_.Open(heading + " {", comments);
    Options(type.options());
    const bool after_block = Members(MembersInOrder(type));
    const bool has_ranges =
        type.extension_range_count() + type.reserved_range_count() + type.reserved_name_count() > 0;
    if (after_block && has_ranges) out_.Gap();
    Ranges(type);
    out_.Close();
  }

  void Ranges(const Descriptor& type) {
    for (int i = 0; i < type.extension_range_count(); ++i) ExtensionRange(*type.extension_range(i));
    std::vector<std::string> reserved;
    for (int i = 0; i < type.reserved_range_count(); ++i) {
      const Descriptor::ReservedRange& range = *type.reserved_range(i);
      if (range.end <= range.start) continue;  // protobuf takes a descriptor that reserves less than nothing
      reserved.push_back(Range(range.start, range.end - 1, FieldDescriptor::kMaxNumber));
    }
    Reserved(reserved, type);
  }

  void ExtensionRange(const Descriptor::ExtensionRange& range) {
    const std::string options = range.options_ == nullptr ? "" : Bracketed(*range.options_);
    out_.Line(fmt::format("extensions {}{};", Range(range.start, range.end - 1, FieldDescriptor::kMaxNumber),
                          options));
  }

  template <typename Declaration>
  void Reserved(const std::vector<std::string>& ranges, const Declaration& declaration) {
    if (!ranges.empty()) out_.Line(fmt::format("reserved {};", fmt::join(ranges, ", ")));
    std::vector<std::string> names;
    for (int i = 0; i < declaration.reserved_name_count(); ++i)
      names.push_back(ReservedName(declaration.reserved_name(i)));
    if (!names.empty()) out_.Line(fmt::format("reserved {};", fmt::join(names, ", ")));
  }

  // An identifier in an edition.
  std::string ReservedName(const std::string& name) const {
    const bool bare = edition_ != 0 && edition_ != kEditionProto3 && IsIdentifier(name);
    return bare ? name : QuoteText(name);
  }

  void Field(const FieldDescriptor& field, const Comments& comments) {
    if (IsGroup(field)) return Type(FieldText(field), *field.message_type(), comments);
    // A group whose type stands elsewhere cannot be written; only crafted descriptors have one.
    const bool odd = field.type() == FieldDescriptor::TYPE_GROUP && edition_ == 0;
    out_.Line(FieldText(field) + (odd ? ";  // a group on the wire" : ";"), comments);
  }

  void Extend(std::span<const Symbol> extensions) {
    const FieldDescriptor& first = *extensions.front().field;
    out_.Open(
        fmt::format("extend {} {{", TypeNameIn(*first.containing_type(), file_, Scope(first.full_name()))),
        Comments());
    for (const Symbol& extension : extensions) Field(*extension.field, CommentsOf(extension));
    out_.Close();
  }

  void Oneof(const OneofDescriptor& oneof, const Comments& comments) {
    out_.Open(fmt::format("oneof {} {{", oneof.name()), comments);
    Options(oneof.options());
    std::vector<Symbol> fields;
    for (int i = 0; i < oneof.field_count(); ++i) fields.push_back({.field = oneof.field(i)});
    Members(fields);
    out_.Close();
  }

  void Enum(const EnumDescriptor& enumeration, const Comments& comments) {
    out_.Open(fmt::format("{}enum {} {{", VisibilityOf(enumeration), enumeration.name()), comments);
    google::protobuf::EnumOptions options = enumeration.options();
    // A descriptor may say it anyway, but protobuf's parser refuses an allow_alias that allows nothing.
    if (!HasAliases(enumeration)) options.clear_allow_alias();
    Options(options);
    for (int i = 0; i < enumeration.value_count(); ++i) {
      Value(*enumeration.value(i), CommentsOf({.enum_value = enumeration.value(i)}));
    }
    std::vector<std::string> reserved;
    for (int i = 0; i < enumeration.reserved_range_count(); ++i) {
      const EnumDescriptor::ReservedRange& range = *enumeration.reserved_range(i);
      reserved.push_back(Range(range.start, range.end, std::numeric_limits<int>::max()));
    }
    Reserved(reserved, enumeration);
    out_.Close();
  }

  void Value(const EnumValueDescriptor& value, const Comments& comments) {
    out_.Line(fmt::format("{} = {}{};", value.name(), value.number(), Bracketed(value.options())), comments);
  }

  void Service(const ServiceDescriptor& service, const Comments& comments) {
    out_.Open(fmt::format("service {} {{", service.name()), comments);
    Options(service.options());
    for (int i = 0; i < service.method_count(); ++i)
      Method(*service.method(i), CommentsOf({.method = service.method(i)}));
    out_.Close();
  }

  void Method(const MethodDescriptor& method, const Comments& comments) {
    const std::string& scope = method.service()->full_name();
    const std::string text = fmt::format(
        "rpc {}({}{}) returns ({}{})", method.name(), method.client_streaming() ? "stream " : "",
        TypeNameIn(*method.input_type(), file_, scope), method.server_streaming() ? "stream " : "",
        TypeNameIn(*method.output_type(), file_, scope));
    if (OptionAssignments(method.options(), *file_.pool()).empty()) return out_.Line(text + ";", comments);
    out_.Open(text + " {", comments);
    Options(method.options());
    out_.Close();
  }

  const FileDescriptor& file_;
  const int edition_;  // 0 and kEditionProto3: none
  OutlineWriter out_;
};

}  // namespace

std::string Outline(const Symbol& symbol) {
  const FileDescriptor* file = symbol.File();
  if (file == nullptr) return "";
  Printer printer(*file);
  printer.Only(symbol);
  return printer.Take();
}

std::string EditionNote(const FileDescriptor& file) {
  const int edition = LoweredFrom(file);
  if (edition == 0 || edition == kEditionProto3) return "";
  std::string note = "edition " + EditionName(edition);
  for (const std::string& option : OptionAssignments(file.options(), *file.pool())) {
    if (option.starts_with("features.") && !option.starts_with("features.(")) note += ", " + option;
  }
  return note;
}

std::string OutlineFile(const FileDescriptor& file) {
  Printer printer(file);
  printer.File();
  return printer.Take();
}

}  // namespace rpcctl
