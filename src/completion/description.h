// What stands beside a candidate: the first sentence of its comment in the source, or else its type.
#pragma once

#include <string>

namespace google::protobuf {
class EnumValueDescriptor;
class FieldDescriptor;
class MethodDescriptor;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The first sentence of the comment above the field, or else behind it; "" without source info.
std::string CommentOf(const google::protobuf::FieldDescriptor& field);

// "string: The name to greet.", or the type alone; of a required field "string, required".
std::string DescriptionOf(const google::protobuf::FieldDescriptor& field);
// The comment, or "(HelloRequest) returns (stream HelloReply)".
std::string DescriptionOf(const google::protobuf::MethodDescriptor& method);
// The comment, or "service pkg.Service".
std::string DescriptionOf(const google::protobuf::ServiceDescriptor& service);
// The comment; "" without one.
std::string DescriptionOf(const google::protobuf::EnumValueDescriptor& value);

}  // namespace rpcctl
