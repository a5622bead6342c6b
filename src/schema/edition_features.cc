#include "schema/edition_features.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include <limits>

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

const UnknownFieldSet& UnknownIn(const Message& message) {
  return message.GetReflection()->GetUnknownFields(message);
}

// One field of a FeatureSet.
std::optional<std::string> Take(const UnknownField& field, FeatureSet& features) {
  if (field.number() >= kFirstLanguageFeature) return std::nullopt;
  const Feature* feature = FindFeature(field.number());
  if (feature == nullptr) return fmt::format("feature number {}, which is not known here", field.number());
  if (field.type() != UnknownField::TYPE_VARINT) return fmt::format("a malformed {}", feature->name);
  if (feature->member == nullptr) return std::nullopt;
  const uint64_t value = field.varint();
  const bool known = value <= static_cast<uint64_t>(std::numeric_limits<int>::max()) &&
                     !FeatureValueName(*feature, static_cast<int>(value)).empty();
  if (!known) return fmt::format("the value {} of {}, which is not known here", value, feature->name);
  features.*feature->member = static_cast<int>(value);
  return std::nullopt;
}

}  // namespace

bool IsOfEdition(const FileDescriptorProto& file) {
  return file.syntax() == "editions";
}

uint64_t UnknownVarint(const Message& message, int number) {
  const UnknownFieldSet& unknown = UnknownIn(message);
  for (int i = unknown.field_count() - 1; i >= 0; --i) {
    const UnknownField& field = unknown.field(i);
    if (field.number() == number && field.type() == UnknownField::TYPE_VARINT) return field.varint();
  }
  return 0;
}

int EditionOf(const FileDescriptorProto& file) {
  return static_cast<int>(static_cast<int32_t>(UnknownVarint(file, kEditionNumber)));
}

void SetEdition(int edition, FileDescriptorProto& file) {
  file.mutable_unknown_fields()->DeleteByNumber(kEditionNumber);
  file.mutable_unknown_fields()->AddVarint(kEditionNumber, static_cast<uint64_t>(edition));
}

std::string EditionName(int edition) {
  if (edition == kEdition2023) return "2023";
  if (edition == kEdition2024) return "2024";
  if (edition == kEdition2026) return "2026";
  return fmt::format("number {}", edition);
}

Result<void> CheckEdition(const FileDescriptorProto& file, std::string_view shown_name) {
  if (!IsOfEdition(file)) return {};
  const int edition = EditionOf(file);
  if (edition == kEdition2023 || edition == kEdition2024) return {};
  const std::string which =
      edition == 0 ? "editions without saying which" : "protobuf edition " + EditionName(edition);
  return Error{ErrorKind::kSchema, fmt::format("{}: uses {}", shown_name, which),
               "known are the editions 2023 and 2024"};
}

std::optional<std::string> ReadFeatures(const Message& options, FeatureSet& features) {
  const std::string bytes = FeatureBytes(options);
  if (bytes.empty()) return std::nullopt;
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return "features that are no google.protobuf.FeatureSet";
  for (int i = 0; i < fields.field_count(); ++i) {
    if (std::optional<std::string> problem = Take(fields.field(i), features)) return problem;
  }
  return std::nullopt;
}

std::string FeatureBytes(const Message& options) {
  const UnknownFieldSet& unknown = UnknownIn(options);
  if (unknown.empty()) return "";
  const int number = FeaturesNumberIn(options.GetDescriptor()->full_name());
  std::string bytes;
  for (int i = 0; i < unknown.field_count(); ++i) {
    const UnknownField& field = unknown.field(i);
    const bool matches = field.number() == number && field.type() == UnknownField::TYPE_LENGTH_DELIMITED;
    if (matches) bytes += field.length_delimited();
  }
  return bytes;
}

void AddFeature(int feature, int value, Message& options) {
  UnknownFieldSet one;
  one.AddVarint(feature, static_cast<uint64_t>(value));
  std::string added;
  one.SerializeToString(&added);
  const std::string bytes = FeatureBytes(options) + added;
  const int number = FeaturesNumberIn(options.GetDescriptor()->full_name());
  UnknownFieldSet& unknown = *options.GetReflection()->MutableUnknownFields(&options);
  unknown.DeleteByNumber(number);
  unknown.AddLengthDelimited(number, bytes);
}

}  // namespace rpcctl
