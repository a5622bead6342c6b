#include "schema/import_repair.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "schema/builtin_files.h"
#include "schema/declared_names.h"
#include "schema/file_store.h"
#include "schema/map_entry_names.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;

// Collects the files that the type names of one file lead to.
class Imports final {
 public:
  Imports(const StoredFile& file, FileStore& store) : file_(file), store_(store) {}

  std::set<std::string> Collect() {
    const FileDescriptorProto& proto = *file_.proto;
    for (const DescriptorProto& message : proto.message_type()) {
      Message(message, Qualified(proto.package(), message.name()));
    }
    for (const FieldDescriptorProto& extension : proto.extension()) Field(extension, proto.package());
    for (const auto& service : proto.service()) {
      const std::string scope = Qualified(proto.package(), service.name());
      for (const auto& method : service.method()) {
        Type(method.input_type(), scope);
        Type(method.output_type(), scope);
      }
    }
    return std::move(found_);
  }

 private:
  void Message(const DescriptorProto& message, const std::string& scope) {
    for (const FieldDescriptorProto& field : message.field()) Field(field, scope);
    for (const FieldDescriptorProto& extension : message.extension()) Field(extension, scope);
    for (const DescriptorProto& nested : message.nested_type())
      Message(nested, Qualified(scope, nested.name()));
  }

  void Field(const FieldDescriptorProto& field, const std::string& scope) {
    Type(field.type_name(), scope);
    Type(field.extendee(), scope);
  }

  void Type(std::string_view name, std::string_view scope) {
    if (name.empty()) return;
    if (name.starts_with('.')) {
      name.remove_prefix(1);
      scope = "";
    }
    while (!Look(scope, name) && !scope.empty()) scope = Scope(scope);
  }

  // The first part of the name decides: what is declared in `scope` under it is what is meant.
  bool Look(std::string_view scope, std::string_view name) {
    const std::string full_name = Qualified(scope, name);
    if (const StoredFile* declaring = store_.FindDeclaring(full_name, scope.size())) {
      if (declaring != &file_) found_.insert(declaring->name);
      return true;
    }
    const std::optional<std::string> builtin = BuiltinFiles::FileWithSymbol(full_name);
    if (builtin) found_.insert(*builtin);
    return builtin.has_value();
  }

  const StoredFile& file_;
  FileStore& store_;
  std::set<std::string> found_;
};

bool NeedsProto2(const FieldDescriptorProto& field) {
  return field.label() == FieldDescriptorProto::LABEL_REQUIRED || field.has_default_value() ||
         field.type() == FieldDescriptorProto::TYPE_GROUP;
}

bool NeedsProto2(const EnumDescriptorProto& enumeration) {
  return enumeration.value_size() > 0 && enumeration.value(0).number() != 0;
}

bool NeedsProto2(const DescriptorProto& message) {
  const auto any = [](const auto& parts) {
    return std::any_of(parts.begin(), parts.end(), [](const auto& part) { return NeedsProto2(part); });
  };
  return message.extension_range_size() > 0 || any(message.field()) || any(message.extension()) ||
         any(message.enum_type()) || any(message.nested_type());
}

bool MakeProto2(FileDescriptorProto& file) {
  if (file.syntax() != "proto3") return false;
  const auto any = [](const auto& parts) {
    return std::any_of(parts.begin(), parts.end(), [](const auto& part) { return NeedsProto2(part); });
  };
  if (!any(file.message_type()) && !any(file.enum_type())) return false;
  file.set_syntax("proto2");
  return true;
}

}  // namespace

bool RepairFile(StoredFile& file, FileStore& store) {
  bool changed = MakeProto2(*file.proto);
  const auto& present = file.proto->dependency();
  for (const std::string& import : Imports(file, store).Collect()) {
    if (std::find(present.begin(), present.end(), import) != present.end()) continue;
    file.proto->add_dependency(import);
    changed = true;
  }
  // After the imports, which are found by the names as they came.
  return NameMapEntries(*file.proto) || changed;
}

}  // namespace rpcctl
