// Descriptors from files on disk that hold a google.protobuf.FileDescriptorSet.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "schema/schema_source.h"

namespace rpcctl {

// Reads all of `paths` at once; together they are one source. The files of a set may stand in any order, and
// imports that nothing needs may be missing. What is not a file descriptor is left out, and told by
// SchemaSource::Problems.
//
// Errors name the path: kInput where it cannot be read or is no regular file, kSchema where it is no
// descriptor set, holds no file, or is over the limits.
Result<std::unique_ptr<SchemaSource>> OpenDescriptorSets(std::span<const std::string> paths);

}  // namespace rpcctl
