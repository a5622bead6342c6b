// One field as a line of the .proto language.
#pragma once

#include <string>

namespace google::protobuf {
class FieldDescriptor;
}

namespace rpcctl {

// "repeated string tags = 4 [deprecated = true]", without what ends it (";" or the body of a group).
std::string FieldText(const google::protobuf::FieldDescriptor& field);

}  // namespace rpcctl
