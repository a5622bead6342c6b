// What descriptor.proto has gained with editions.
#pragma once

#include <string_view>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// Adds to `file`, which is this protobuf's google/protobuf/descriptor.proto: the editions, FeatureSet, and
// the fields that hold them. So that the features in a descriptor are shown by name, and files that extend
// FeatureSet for the generator of a language can be built.
void AddEditions(google::protobuf::FileDescriptorProto& file);

// Whether `full_name` is of a type that AddEditions adds, or within one.
bool IsNewInDescriptor(std::string_view full_name);

}  // namespace rpcctl
