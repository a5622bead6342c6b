// What may follow the path to a field.
#pragma once

#include <string_view>
#include <vector>

namespace google::protobuf {
class FieldDescriptor;
}

namespace rpcctl {

// The most usual one first. A dot or a bracket leads on into the path, an operator ends it.
using Endings = std::vector<std::string_view>;

// Of a field as a whole. Of a list that items have set already, what appends to it comes first.
Endings EndingsOf(const google::protobuf::FieldDescriptor& field, bool has_elements);

// Of an element of the list or map `field`.
Endings EndingsOfElement(const google::protobuf::FieldDescriptor& field);

}  // namespace rpcctl
