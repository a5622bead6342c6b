// Everything that rpcctl does with a schema, done with all of it.
#pragma once

#include <memory>

namespace rpcctl {
class SchemaSource;
}

namespace rpcctl::fuzz {

// Lists, describes, exports and makes templates of all that `source` has. Requires that what describes a file
// parses again, that an empty message of each type is written as JSON, and that its template is a request.
void WalkSchema(std::unique_ptr<SchemaSource> source);

}  // namespace rpcctl::fuzz
