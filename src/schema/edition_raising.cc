#include "schema/edition_raising.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include "base/lowered_features.h"
#include "schema/edition_features.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

template <typename Options>
uint64_t MarkIn(const Options& options) {
  return LoweredMark(options.unknown_fields());
}

std::vector<std::string> OptionImportsIn(const UnknownFieldSet& unknown) {
  std::vector<std::string> imports;
  for (int i = 0; i < unknown.field_count(); ++i) {
    const UnknownField& field = unknown.field(i);
    const bool is_import =
        field.number() == kLoweredNumber && field.type() == UnknownField::TYPE_LENGTH_DELIMITED;
    if (is_import) imports.push_back(field.length_delimited());
  }
  return imports;
}

std::string_view Word(uint64_t visibility) {
  if (visibility == kVisibilityLocal) return "local ";
  return visibility == kVisibilityExport ? "export " : "";
}

template <typename Declaration>
void SetVisibility(int number, uint64_t visibility, Declaration& declaration) {
  if (visibility != 0) declaration.mutable_unknown_fields()->AddVarint(number, visibility);
}

// Takes the mark out of the options of `declaration`, and empty options with it.
template <typename Declaration>
void Unmark(Declaration& declaration) {
  if (!declaration.has_options()) return;
  declaration.mutable_options()->mutable_unknown_fields()->DeleteByNumber(kLoweredNumber);
  if (declaration.options().ByteSizeLong() == 0) declaration.clear_options();
}

bool IsScalar(const FieldDescriptorProto& field) {
  return field.label() == FieldDescriptorProto::LABEL_OPTIONAL &&
         field.type() != FieldDescriptorProto::TYPE_MESSAGE;
}

bool IsPackable(const FieldDescriptorProto& field) {
  switch (field.type()) {
    case FieldDescriptorProto::TYPE_STRING:
    case FieldDescriptorProto::TYPE_BYTES:
    case FieldDescriptorProto::TYPE_MESSAGE:
    case FieldDescriptorProto::TYPE_GROUP:
      return false;
    default:
      return field.label() == FieldDescriptorProto::LABEL_REPEATED;
  }
}

void RaiseToProto3(FieldDescriptorProto& field) {
  const bool packed = field.options().packed();
  if (field.has_options()) field.mutable_options()->clear_packed();
  if (IsPackable(field) && !packed) field.mutable_options()->set_packed(false);
  Unmark(field);
}

// The oneofs that lowering to proto3 adds stand last.
void DropSynthetic(DescriptorProto& message) {
  int synthetic = 0;
  for (const FieldDescriptorProto& field : message.field()) synthetic += field.proto3_optional() ? 1 : 0;
  for (; synthetic > 0 && message.oneof_decl_size() > 0; --synthetic)
    message.mutable_oneof_decl()->RemoveLast();
}

void AddSynthetic(DescriptorProto& message) {
  if (message.options().map_entry()) return;
  for (FieldDescriptorProto& field : *message.mutable_field()) {
    const bool implicit = (MarkIn(field.options()) & kLoweredImplicit) != 0;
    if (!IsScalar(field) || implicit || field.has_oneof_index()) continue;
    field.set_proto3_optional(true);
    field.set_oneof_index(message.oneof_decl_size());
    message.add_oneof_decl()->set_name("_" + field.name());
  }
}

}  // namespace

int LoweredFrom(const google::protobuf::FileDescriptor& file) {
  return static_cast<int>(MarkIn(file.options()));
}

std::vector<std::string> OptionImports(const google::protobuf::FileDescriptor& file) {
  return OptionImportsIn(file.options().unknown_fields());
}

std::string_view VisibilityOf(const google::protobuf::Descriptor& message) {
  return LoweredFrom(*message.file()) == 0 ? "" : Word(MarkIn(message.options()));
}

std::string_view VisibilityOf(const google::protobuf::EnumDescriptor& type) {
  return LoweredFrom(*type.file()) == 0 ? "" : Word(MarkIn(type.options()) >> kLoweredVisibilityShift);
}

bool HadOptional(const google::protobuf::FieldDescriptor& field) {
  const bool scalar = !field.is_repeated() && field.message_type() == nullptr && !field.is_extension() &&
                      field.containing_oneof() == nullptr;
  return scalar && (MarkIn(field.options()) & kLoweredImplicit) == 0;
}

void Raise(int edition, FileDescriptorProto& file) {
  if (edition == 0) return;
  for (const std::string& import : OptionImportsIn(file.options().unknown_fields()))
    file.mutable_unknown_fields()->AddLengthDelimited(kOptionDependencyNumber, import);
  Unmark(file);
  file.set_syntax(edition == kEditionProto3 ? "proto3" : "editions");
  if (edition != kEditionProto3) SetEdition(edition, file);
  for (DescriptorProto& message : *file.mutable_message_type()) Raise(edition, message);
  for (EnumDescriptorProto& type : *file.mutable_enum_type()) Raise(edition, type);
  for (FieldDescriptorProto& extension : *file.mutable_extension()) Raise(edition, extension);
}

// Recursive, as deep as types are nested (31).
void Raise(int edition, DescriptorProto& message) {
  if (edition == 0) return;
  SetVisibility(kMessageVisibilityNumber, MarkIn(message.options()), message);
  Unmark(message);
  if (edition == kEditionProto3) {
    AddSynthetic(message);
  } else {
    DropSynthetic(message);
  }
  for (FieldDescriptorProto& field : *message.mutable_field()) Raise(edition, field);
  for (FieldDescriptorProto& extension : *message.mutable_extension()) Raise(edition, extension);
  for (DescriptorProto& nested : *message.mutable_nested_type()) Raise(edition, nested);
  for (EnumDescriptorProto& type : *message.mutable_enum_type()) Raise(edition, type);
}

void Raise(int edition, EnumDescriptorProto& type) {
  if (edition == 0) return;
  SetVisibility(kEnumVisibilityNumber, MarkIn(type.options()) >> kLoweredVisibilityShift, type);
  Unmark(type);
}

void Raise(int edition, FieldDescriptorProto& field) {
  if (edition == 0) return;
  if (edition == kEditionProto3) return RaiseToProto3(field);
  if (field.type() == FieldDescriptorProto::TYPE_GROUP) field.set_type(FieldDescriptorProto::TYPE_MESSAGE);
  if (field.label() == FieldDescriptorProto::LABEL_REQUIRED)
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
  if (field.proto3_optional()) field.clear_oneof_index();
  field.clear_proto3_optional();
  if (field.has_options()) field.mutable_options()->clear_packed();
  Unmark(field);
}

}  // namespace rpcctl
