// Everything that rpcctl does with a schema, done with all of it.
#pragma once

#include <memory>
#include <string_view>

namespace rpcctl {
class SchemaSource;
}

namespace rpcctl::fuzz {

// Lists, describes, exports and makes templates of all that `source` has. Requires that what describes a file
// parses again, that an empty message of each type is written as JSON, and that its template is a request;
// and writes `response` in every form as a message of each type, which it need not be.
void WalkSchema(std::unique_ptr<SchemaSource> source, std::string_view response);

}  // namespace rpcctl::fuzz
