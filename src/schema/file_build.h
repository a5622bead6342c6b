// Builds one file of descriptors into a pool, and tells in one Error why that is not possible.
#pragma once

#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class DescriptorPool;
class FileDescriptor;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// What `file` imports must stand in `pool` already. A kSchema error tells protobuf's first complaint in its
// message and up to two more in its hint, each with line and column where the file has source info, and calls
// the file by `shown_name`, which is safe to show.
Result<const google::protobuf::FileDescriptor*> BuildFile(google::protobuf::DescriptorPool& pool,
                                                          const google::protobuf::FileDescriptorProto& file,
                                                          std::string_view shown_name);

}  // namespace rpcctl
