// Builds one file of descriptors into a pool, and tells in one Error why that is not possible.
#pragma once

#include "base/result.h"

namespace google::protobuf {
class DescriptorPool;
class FileDescriptor;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// What `file` imports must stand in `pool` already. A kSchema error tells protobuf's first complaint in its
// message and up to two more in its hint, each with line and column where the file has source info.
Result<const google::protobuf::FileDescriptor*> BuildFile(google::protobuf::DescriptorPool& pool,
                                                          const google::protobuf::FileDescriptorProto& file);

}  // namespace rpcctl
