#include "schema/edition_lowering.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/lowered_features.h"
#include "base/safe_text.h"
#include "base/text.h"
#include "schema/declared_names.h"
#include "schema/edition_features.h"
#include "schema/local_types.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;

constexpr size_t kShownNameBytes = 200;

enum class Target { kProto3, kProto2 };
enum class Kind { kScalar, kString, kMessage };

void Mark(uint64_t value, Message& options) {
  auto& unknown = *options.GetReflection()->MutableUnknownFields(&options);
  unknown.DeleteByNumber(kLoweredNumber);
  unknown.AddVarint(kLoweredNumber, value);
}

FeatureSet FeaturesOfProto3() {
  FeatureSet features;
  features.field_presence = 2;
  return features;
}

bool IsRepeated(const FieldDescriptorProto& field) {
  return field.label() == FieldDescriptorProto::LABEL_REPEATED;
}

// What stands around a field.
struct Around {
  std::string scope;  // full name
  FeatureSet features;
  const DescriptorProto* message = nullptr;              // that it is a member of; null for an extension
  std::map<std::string, bool, std::less<>> nested = {};  // types of that message: whether entries of a map
  std::vector<FeatureSet> oneofs = {};                   // of that message

  // The name of the nested type that `field` is of; null for all others.
  const std::pair<const std::string, bool>* NestedTypeOf(const FieldDescriptorProto& field) const {
    std::string_view name = field.type_name();
    if (name.starts_with('.')) {
      name.remove_prefix(1);
      if (!name.starts_with(scope) || name.size() <= scope.size() || name[scope.size()] != '.')
        return nullptr;
      name.remove_prefix(scope.size() + 1);
    }
    const auto found = nested.find(name);
    return found == nested.end() ? nullptr : &*found;
  }
};

// What a file settles about one of its fields.
struct Settled {
  FeatureSet features;
  Kind kind = Kind::kScalar;
  bool repeated = false;
  bool packable = false;
  bool in_oneof = false;
  bool required = false;
  bool implicit = false;
  bool optional = false;  // as proto3 has it
  bool delimited = false;
};

// Walks over a copy of one file, settling each declaration from what is around it.
class Lowering final {
 public:
  Lowering(const FileDescriptorProto& file, const DescriptorPool& pool, Target target)
      : file_(file), pool_(pool), target_(target) {}

  // Whether proto3 could not say what was met.
  bool needs_proto2() const { return needs_proto2_; }
  const std::string& problem() const { return problem_; }
  FileDescriptorProto Take() { return std::move(file_); }

  void File() {
    const bool proto3 = file_.syntax() == "proto3";
    const FeatureSet defaults = proto3 ? FeaturesOfProto3() : FeatureSet();
    const Around around{file_.package(), Settle(file_, "", "", defaults)};
    MarkFile(proto3 ? kEditionProto3 : EditionOf(file_));
    for (DescriptorProto& message : *file_.mutable_message_type()) OfMessage(message, around);
    for (EnumDescriptorProto& type : *file_.mutable_enum_type()) OfEnum(type, around);
    for (FieldDescriptorProto& field : *file_.mutable_extension()) OfField(field, around);
    file_.set_syntax(target_ == Target::kProto3 ? "proto3" : "proto2");
  }

 private:
  // The edition stands last.
  void MarkFile(int edition) {
    auto& marks = *file_.mutable_options()->mutable_unknown_fields();
    marks.DeleteByNumber(kLoweredNumber);
    const auto& unknown = file_.unknown_fields();
    for (int i = 0; i < unknown.field_count(); ++i) {
      const auto& field = unknown.field(i);
      const bool is_import = field.number() == kOptionDependencyNumber &&
                             field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED;
      if (is_import) marks.AddLengthDelimited(kLoweredNumber, field.length_delimited());
    }
    marks.AddVarint(kLoweredNumber, static_cast<uint64_t>(edition));
  }

  // The features of `declaration`, which is called `name` in `scope`, within what has `outer`.
  template <typename Declaration>
  FeatureSet Settle(const Declaration& declaration, std::string_view scope, std::string_view name,
                    const FeatureSet& outer) {
    FeatureSet features = outer;
    if (!declaration.has_options() || !problem_.empty()) return features;
    if (const auto problem = ReadFeatures(declaration.options(), features)) {
      const std::string whose =
          name.empty() ? "the file"
                       : fmt::format("'{}'", SafeExcerpt(Qualified(scope, name), kShownNameBytes));
      problem_ = fmt::format("{} has {}", whose, *problem);
    }
    return features;
  }

  void OfMessage(DescriptorProto& message, const Around& outer) {
    Around inside{Qualified(outer.scope, message.name()), {}, &message};
    inside.features = Settle(message, outer.scope, message.name(), outer.features);
    for (const DescriptorProto& nested : message.nested_type())
      inside.nested.emplace(nested.name(), nested.options().map_entry());
    for (const auto& oneof : message.oneof_decl())
      inside.oneofs.push_back(Settle(oneof, inside.scope, oneof.name(), inside.features));
    needs_proto2_ = needs_proto2_ || message.extension_range_size() > 0;
    const uint64_t visibility = UnknownVarint(message, kMessageVisibilityNumber);
    if (visibility != 0) Mark(visibility, *message.mutable_options());
    DropSynthetic(message);
    for (FieldDescriptorProto& field : *message.mutable_field()) OfField(field, inside);
    AddSynthetic(message);
    const Around outside{inside.scope, inside.features};
    for (FieldDescriptorProto& field : *message.mutable_extension()) OfField(field, outside);
    for (DescriptorProto& nested : *message.mutable_nested_type()) OfMessage(nested, inside);
    for (EnumDescriptorProto& type : *message.mutable_enum_type()) OfEnum(type, inside);
  }

  void OfEnum(EnumDescriptorProto& type, const Around& outer) {
    const FeatureSet features = Settle(type, outer.scope, type.name(), outer.features);
    needs_proto2_ = needs_proto2_ || features.Closed();
    const bool marked_open = target_ == Target::kProto2 && !features.Closed();
    const uint64_t mark = (marked_open ? kLoweredOpen : 0) | UnknownVarint(type, kEnumVisibilityNumber)
                                                                 << kLoweredVisibilityShift;
    if (mark != 0) Mark(mark, *type.mutable_options());
  }

  void OfField(FieldDescriptorProto& field, const Around& around) {
    const Settled settled = SettleField(field, around);
    needs_proto2_ = needs_proto2_ || settled.required || settled.delimited || field.has_default_value() ||
                    (settled.kind == Kind::kString && !settled.features.VerifiesUtf8());
    field.clear_proto3_optional();
    if (field.has_options()) field.mutable_options()->clear_packed();
    if (target_ == Target::kProto2) {
      ToProto2(settled, around, field);
    } else {
      ToProto3(settled, field);
    }
  }

  Settled SettleField(const FieldDescriptorProto& field, const Around& around) {
    const bool in_entry = around.message != nullptr && around.message->options().map_entry();
    const bool explicit_in_proto3 = field.proto3_optional();
    Settled settled;
    settled.in_oneof = around.message != nullptr && field.has_oneof_index() && !explicit_in_proto3;
    const auto oneof = static_cast<size_t>(field.oneof_index());
    const bool inherits_oneof = settled.in_oneof && oneof < around.oneofs.size();
    const FeatureSet& outer = inherits_oneof ? around.oneofs[oneof] : around.features;
    settled.features = Settle(field, around.scope, field.name(), outer);
    settled.kind = KindOf(field, around.scope);
    settled.repeated = IsRepeated(field);
    const bool says_packed = file_.syntax() == "proto3" && field.options().has_packed();
    if (says_packed) settled.features.repeated_field_encoding = field.options().packed() ? 1 : 2;
    settled.packable = settled.repeated && settled.kind == Kind::kScalar;
    const bool tracked = settled.repeated || settled.in_oneof || in_entry;
    settled.required = field.label() == FieldDescriptorProto::LABEL_REQUIRED ||
                       (!tracked && settled.features.Required() && around.message != nullptr);
    const bool scalar = !tracked && settled.kind != Kind::kMessage && around.message != nullptr;
    settled.implicit = scalar && settled.features.Implicit() && !explicit_in_proto3;
    settled.optional = scalar && !settled.implicit;
    const bool framed = settled.kind == Kind::kMessage && !in_entry && !IsMap(field, around);
    settled.delimited = framed && (field.type() == FieldDescriptorProto::TYPE_GROUP ||
                                   (settled.features.Delimited() && file_.syntax() != "proto3"));
    return settled;
  }

  // What a field holds. A file of text does not say whether a name means a message or an enum.
  Kind KindOf(const FieldDescriptorProto& field, std::string_view scope) const {
    if (field.has_type()) {
      const auto type = field.type();
      const bool message =
          type == FieldDescriptorProto::TYPE_MESSAGE || type == FieldDescriptorProto::TYPE_GROUP;
      // Bytes are nothing to check, and not to be packed either.
      const bool text = type == FieldDescriptorProto::TYPE_STRING;
      return message ? Kind::kMessage : text ? Kind::kString : Kind::kScalar;
    }
    std::string_view name = field.type_name();
    if (name.starts_with('.')) return KindNamed(std::string(name.substr(1)), Kind::kMessage);
    for (std::string_view outer = scope;; outer = Scope(outer)) {
      const std::string full_name = Qualified(outer, name);
      if (Types().Find(full_name) != nullptr || IsInPool(full_name) || outer.empty())
        return KindNamed(full_name, Kind::kMessage);
    }
  }

  const LocalTypes& Types() const { return types_ ? *types_ : types_.emplace(file_); }

  bool IsInPool(const std::string& name) const {
    return pool_.FindMessageTypeByName(name) != nullptr || pool_.FindEnumTypeByName(name) != nullptr;
  }

  Kind KindNamed(const std::string& full_name, Kind unknown) const {
    if (const LocalTypes::Kind* local = Types().Find(full_name))
      return *local == LocalTypes::Kind::kEnum ? Kind::kScalar : Kind::kMessage;
    return pool_.FindEnumTypeByName(full_name) != nullptr ? Kind::kScalar : unknown;
  }

  // The type of a map's entries stands beside it.
  static bool IsMap(const FieldDescriptorProto& field, const Around& around) {
    const auto* nested = IsRepeated(field) ? around.NestedTypeOf(field) : nullptr;
    return nested != nullptr && nested->second;
  }

  static void ToProto3(const Settled& settled, FieldDescriptorProto& field) {
    if (settled.packable && IsPackable(field) && !settled.features.Packed())
      field.mutable_options()->set_packed(false);
    if (settled.optional) field.set_proto3_optional(true);
  }

  static bool IsPackable(const FieldDescriptorProto& field) {
    return field.type() != FieldDescriptorProto::TYPE_BYTES;
  }

  void ToProto2(const Settled& settled, const Around& around, FieldDescriptorProto& field) {
    if (settled.required) field.set_label(FieldDescriptorProto::LABEL_REQUIRED);
    if (settled.packable && IsPackable(field) && settled.features.Packed())
      field.mutable_options()->set_packed(true);
    const bool group = settled.delimited && IsNamedAsGroup(field, around);
    if (settled.delimited)
      field.set_type(group ? FieldDescriptorProto::TYPE_GROUP : FieldDescriptorProto::TYPE_MESSAGE);
    const bool checked = settled.kind == Kind::kString && settled.features.VerifiesUtf8();
    const uint64_t marks = (settled.implicit ? kLoweredImplicit : 0) | (checked ? kLoweredUtf8 : 0) |
                           (settled.delimited && !group ? kLoweredDelimited : 0);
    if (marks != 0) Mark(marks, *field.mutable_options());
  }

  // Text format calls a group by its type, and every other field by its name.
  bool IsNamedAsGroup(const FieldDescriptorProto& field, const Around& around) const {
    if (around.message == nullptr) return true;  // an extension stands in brackets
    const auto* nested = around.NestedTypeOf(field);
    return nested != nullptr && ToLowerAscii(nested->first) == field.name();
  }

  // An optional field of proto3 has a oneof of its own, which stands behind those that were written.
  static void DropSynthetic(DescriptorProto& message) {
    std::set<int> synthetic;
    for (FieldDescriptorProto& field : *message.mutable_field()) {
      if (!field.proto3_optional() || !field.has_oneof_index()) continue;
      synthetic.insert(field.oneof_index());
      field.clear_oneof_index();
    }
    for (auto index = synthetic.rbegin(); index != synthetic.rend(); ++index) {
      if (*index == message.oneof_decl_size() - 1) message.mutable_oneof_decl()->RemoveLast();
    }
  }

  static void AddSynthetic(DescriptorProto& message) {
    std::set<std::string> taken;
    for (const FieldDescriptorProto& field : message.field()) taken.insert(field.name());
    for (const auto& oneof : message.oneof_decl()) taken.insert(oneof.name());
    for (const auto& nested : message.nested_type()) taken.insert(nested.name());
    for (const auto& nested : message.enum_type()) {
      taken.insert(nested.name());
      for (const auto& value : nested.value()) taken.insert(value.name());
    }
    for (const auto& extension : message.extension()) taken.insert(extension.name());
    for (FieldDescriptorProto& field : *message.mutable_field()) {
      if (!field.proto3_optional()) continue;
      std::string name = "_" + field.name();
      while (!taken.insert(name).second) name.insert(0, 1, 'X');
      field.set_oneof_index(message.oneof_decl_size());
      message.add_oneof_decl()->set_name(name);
    }
  }

  FileDescriptorProto file_;
  const DescriptorPool& pool_;
  mutable std::optional<LocalTypes> types_;  // when they are first asked for
  const Target target_;
  bool needs_proto2_ = false;
  std::string problem_;
};

Result<FileDescriptorProto> Ended(Lowering& lowering, std::string_view shown_name) {
  if (lowering.problem().empty()) return lowering.Take();
  return Error{ErrorKind::kSchema, fmt::format("{}: {}", shown_name, lowering.problem())};
}

}  // namespace

Result<FileDescriptorProto> Lowered(const FileDescriptorProto& file, const DescriptorPool& pool,
                                    std::string_view shown_name) {
  Lowering lowering(file, pool, Target::kProto3);
  lowering.File();
  if (lowering.needs_proto2()) return LoweredToProto2(file, pool, shown_name);
  return Ended(lowering, shown_name);
}

Result<FileDescriptorProto> LoweredToProto2(const FileDescriptorProto& file, const DescriptorPool& pool,
                                            std::string_view shown_name) {
  Lowering lowering(file, pool, Target::kProto2);
  lowering.File();
  return Ended(lowering, shown_name);
}

}  // namespace rpcctl
