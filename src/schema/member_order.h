// The members of a type or a file in the order in which they are shown.
#pragma once

#include <vector>

#include "schema/symbol.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class FileDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// Fields (those of a oneof as that oneof), enums, types and extensions; without the types that a map field or
// a group brings along. In the order of the source where the file has source info for all of them.
std::vector<Symbol> MembersInOrder(const google::protobuf::Descriptor& message);
// Enums, types, extensions, services.
std::vector<Symbol> MembersInOrder(const google::protobuf::FileDescriptor& file);

// Whether `field` can be written as a group: its type stands beside it, under the name that the field has in
// small letters; not in an edition, which knows no groups.
bool IsGroup(const google::protobuf::FieldDescriptor& field);

}  // namespace rpcctl
