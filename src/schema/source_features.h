// The features that the text of a .proto file names in its options.
#pragma once

#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// Turns the options of `file` called features, which this protobuf does not know, into what protoc makes of
// them: fields of a FeatureSet. Those of single languages, `features.(pb.go).api_level`, are left out. A
// kSchema error names place and hint of a feature or a value that does not exist.
Result<void> TakeSourceFeatures(std::string_view shown_path, google::protobuf::FileDescriptorProto& file);

}  // namespace rpcctl
