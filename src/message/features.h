// What the syntax of a .proto file settles about its fields and enums: proto2, proto3, or an edition, whose
// files are built as one of the two and remember the difference (base/lowered_features.h).
#pragma once

namespace google::protobuf {
class EnumDescriptor;
class FieldDescriptor;
class FileDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The words are those of protobuf's editions (protobuf.dev/editions/features).
struct FieldFeatures {
  bool implicit_presence = false;  // a singular field that is absent when it holds its default
  bool packed = false;             // a repeated field is written as one run of bytes
  bool delimited = false;          // a message stands between two tags, as a group does
  bool verify_utf8 = false;        // a string that is not UTF-8 is a fault
};

FieldFeatures FeaturesOf(const google::protobuf::FieldDescriptor& field);
// Two of them alone.
bool IsDelimited(const google::protobuf::FieldDescriptor& field);
bool MustBeUtf8(const google::protobuf::FieldDescriptor& field);

// Whether the enum takes only the numbers it names: others are unknown fields.
bool IsClosed(const google::protobuf::EnumDescriptor& type);

// Whether the file is of an edition, or had to be built like one.
bool IsOfEdition(const google::protobuf::FileDescriptor& file);

}  // namespace rpcctl
