// Reads which edition a file is of, and the features its descriptors were given, from the fields that this
// protobuf does not know.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "schema/feature_table.h"

namespace google::protobuf {
class FileDescriptorProto;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// proto3 counts as an edition where it had to be built as proto2.
inline constexpr int kEditionProto3 = 999;
inline constexpr int kEdition2023 = 1000;
inline constexpr int kEdition2024 = 1001;
inline constexpr int kEdition2026 = 1002;  // its rules are not known here

// Fields that this protobuf does not know, and what stands in them.
inline constexpr int kEditionNumber = 14;           // FileDescriptorProto
inline constexpr int kOptionDependencyNumber = 15;  // likewise
inline constexpr int kMessageVisibilityNumber = 11;
inline constexpr int kEnumVisibilityNumber = 6;
inline constexpr uint64_t kVisibilityLocal = 1;
inline constexpr uint64_t kVisibilityExport = 2;

// The number in the last unknown field of `message` that is a varint called `number`; 0 without one.
uint64_t UnknownVarint(const google::protobuf::Message& message, int number);

// Whether `file` says `syntax: "editions"`.
bool IsOfEdition(const google::protobuf::FileDescriptorProto& file);

// As descriptor.proto numbers it; 0 where the file says none.
int EditionOf(const google::protobuf::FileDescriptorProto& file);
void SetEdition(int edition, google::protobuf::FileDescriptorProto& file);
// "2023"; a number that is no year's stays a number.
std::string EditionName(int edition);

// A kSchema error for a file of an edition whose rules are not known here. `shown_name` is safe to show.
Result<void> CheckEdition(const google::protobuf::FileDescriptorProto& file, std::string_view shown_name);

// Lays what `options` (a FieldOptions, an EnumOptions...) say themselves over `features`. Returns what is
// wrong: a feature or a value that is not known and may change the wire, or bytes that are no FeatureSet.
std::optional<std::string> ReadFeatures(const google::protobuf::Message& options, FeatureSet& features);

// The fields of the FeatureSet in `options`, merged and serialized; empty where there is none.
std::string FeatureBytes(const google::protobuf::Message& options);

// Adds one feature to `options`, which may have some.
void AddFeature(int feature, int value, google::protobuf::Message& options);

}  // namespace rpcctl
