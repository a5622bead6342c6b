// Refuses a file of descriptors that protobuf's pool would take in, but that would harm a terminal, the
// memory or the stack.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// Checks the files of one schema, one after another; what they cost adds up.
class FileCheck final {
 public:
  // A kSchema error names the file and what is wrong with it: an edition that is not known, a name that is no
  // identifier (the pool accepts "1abc" and control characters), a json_name that is not text, or a limit of
  // limits.h.
  // `shown_name` is what the error calls the file, safe to show.
  Result<void> Check(const google::protobuf::FileDescriptorProto& file, std::string_view shown_name);

 private:
  uint64_t name_bytes_ = 0;
  uint64_t range_comparisons_ = 0;
};

// Whether `text` is an identifier of the .proto language: [A-Za-z_][A-Za-z0-9_]*, not over the limit.
bool IsIdentifier(std::string_view text);

// Whether `text` is identifiers with a dot between each two.
bool IsQualifiedName(std::string_view text);

}  // namespace rpcctl
