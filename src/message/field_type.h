// How the field types of protobuf are called in messages to people.
#pragma once

#include <string>

namespace google::protobuf {
class FieldDescriptor;
}

namespace rpcctl {

// "int32", "string", "enum pkg.State", "message pkg.Point", "map<string, int32>", "repeated string".
std::string FieldTypeName(const google::protobuf::FieldDescriptor& field);

// The same of one element, where the field is repeated: "string".
std::string ElementTypeName(const google::protobuf::FieldDescriptor& field);

}  // namespace rpcctl
