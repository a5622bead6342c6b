// Files of an edition as files that this protobuf can build.
#pragma once

#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class DescriptorPool;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// `file`, which is of an edition, as a file of proto3, which says nearly all that most such files say; as one
// of proto2 where it has something that proto3 lacks (required fields, defaults, extensions, closed enums,
// groups, strings that are not checked). What proto2 cannot say stands in the options, as
// base/lowered_features.h has it; the features stay there too. What `file` imports stands in `pool`. A
// kSchema error names the declaration whose features are not known.
Result<google::protobuf::FileDescriptorProto> Lowered(const google::protobuf::FileDescriptorProto& file,
                                                      const google::protobuf::DescriptorPool& pool,
                                                      std::string_view shown_name);

// As proto2 in any case. `file` may be of proto3 too: beside a closed enum, or one from a file that had to be
// built as proto2, protobuf builds no proto3.
Result<google::protobuf::FileDescriptorProto> LoweredToProto2(
    const google::protobuf::FileDescriptorProto& file, const google::protobuf::DescriptorPool& pool,
    std::string_view shown_name);

}  // namespace rpcctl
