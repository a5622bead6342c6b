// Puts together what one file of the schema cache holds.
#pragma once

#include <string>

#include "base/result.h"
#include "schema/cache_key.h"
#include "schema/schema_record.h"

namespace rpcctl {

// The bytes of the file, see cache_format.h. A kSchema error where the record is unusable, or over the
// limits.
Result<std::string> SerializeCacheFile(const CacheKey& key, const SchemaRecord& record);

}  // namespace rpcctl
