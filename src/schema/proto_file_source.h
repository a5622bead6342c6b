// Descriptors from .proto files on disk.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "schema/schema_source.h"

namespace rpcctl {

// What was named on the command line.
struct ProtoFiles {
  std::vector<std::string> paths;  // files; or folders, which mean every .proto below them
  std::vector<std::string> roots;  // folders to import from (-I)
};

// Reads and parses all of them, and what they import, at once. One file counts once, whatever names lead to
// it; a folder among the paths is a root too. google/protobuf/* is built in; google/rpc/status.proto and
// error_details.proto are where they are not found on disk.
//
// A named file that cannot be used, or that needs one, is an error: kInput where it cannot be read, kSchema
// with file, line and column where it is wrong or imports what is not there. Of the files of a folder those
// are left out, and told by SchemaSource::Problems.
Result<std::unique_ptr<SchemaSource>> OpenProtoFiles(const ProtoFiles& files);

}  // namespace rpcctl
