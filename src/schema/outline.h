// A schema's declarations as people write them: text of the .proto language, in declared order, with
// comments.
#pragma once

#include <string>

#include "schema/symbol.h"

namespace google::protobuf {
class FileDescriptor;
}

namespace rpcctl {

// The declaration of `symbol`, ending in a newline. It compiles again: put into a file with the same syntax,
// package and imports it declares the same. A method, a field, a oneof or an enum value is printed as it
// stands within its parent, an extension within its `extend`. Safe to show on a terminal, whatever a server
// put into names, options and comments.
//
// Where a file has source info the members of a type stand in the order of the source; otherwise fields come
// first, then nested enums, nested types and extensions. Reserved and extension ranges are last.
std::string Outline(const Symbol& symbol);

// "edition 2023, features.enum_type = CLOSED": what counts for all of the file's declarations; empty for
// proto2 and proto3.
std::string EditionNote(const google::protobuf::FileDescriptor& file);

// The whole file, as one that compiles again: `syntax` or `edition`, package, imports, options and all
// declarations.
std::string OutlineFile(const google::protobuf::FileDescriptor& file);

}  // namespace rpcctl
