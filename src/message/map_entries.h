// The entries of a map field, each key once and in order.
#pragma once

#include <string>
#include <vector>

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// The entry messages of map `field` by key: numbers ascending, false before true, strings by their bytes. Of
// several entries with one key the last counts; one whose closed enum does not have the value is left out.
// Borrowed from `message`.
std::vector<const google::protobuf::Message*> SortedMapEntries(
    const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

// The key of `entry` as a path names it: "7", "true", a string as it is.
std::string MapKeyText(const google::protobuf::Message& entry);

}  // namespace rpcctl
