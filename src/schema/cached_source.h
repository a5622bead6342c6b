// Descriptors from the schema cache.
#pragma once

#include <memory>

#include "schema/cache_file.h"
#include "schema/schema_source.h"

namespace rpcctl {

// Answers from `file`; what that does not know, and a complete one would, is asked of `behind`, unless that
// is null. Shares `file` with whoever else reads it.
std::unique_ptr<SchemaSource> OpenCachedSchema(std::shared_ptr<const CacheFile> file,
                                               std::unique_ptr<SchemaSource> behind);

}  // namespace rpcctl
