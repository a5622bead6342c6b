// Undoes what lowering did, for whoever is shown a descriptor: a file of an edition looks as it was written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class Descriptor;
class DescriptorProto;
class EnumDescriptor;
class EnumDescriptorProto;
class FieldDescriptor;
class FieldDescriptorProto;
class FileDescriptor;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// The edition that `file` was lowered from; 0 where it was built as it came, and 999 where it is of proto3
// and was built as proto2.
int LoweredFrom(const google::protobuf::FileDescriptor& file);

// The files that `file` imports for their options alone (edition 2024).
std::vector<std::string> OptionImports(const google::protobuf::FileDescriptor& file);
// "export ", "local ", or "" where nothing was written (edition 2024).
std::string_view VisibilityOf(const google::protobuf::Descriptor& message);
std::string_view VisibilityOf(const google::protobuf::EnumDescriptor& type);

// Whether a scalar field of a proto3 file that was built as proto2 is labelled `optional`.
bool HadOptional(const google::protobuf::FieldDescriptor& field);

// Each takes a copy of what was built from a file lowered from `edition`; nothing is changed for 0.
void Raise(int edition, google::protobuf::FileDescriptorProto& file);
void Raise(int edition, google::protobuf::DescriptorProto& message);
void Raise(int edition, google::protobuf::EnumDescriptorProto& type);
void Raise(int edition, google::protobuf::FieldDescriptorProto& field);

}  // namespace rpcctl
