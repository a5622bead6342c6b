// How deep message types hang on each other, before protobuf follows them.
#pragma once

#include <optional>
#include <vector>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
}  // namespace google::protobuf

namespace rpcctl {

// A dynamic message factory makes the prototype of a type by making those of its fields' types inside, one
// stack frame or two each: a server that declares a chain of 20,000 types would end the process. This is as
// deep as we let it go.
constexpr int kDeepestTypeLinks = 2000;

// The order in which prototypes of the types that messages of `type` may hold are to be made, so that none
// goes deeper than that: empty when every order will do, as it does for all but huge schemas; nothing when
// there is none.
std::optional<std::vector<const google::protobuf::Descriptor*>> PrototypeOrder(
    const google::protobuf::Descriptor& type, const google::protobuf::DescriptorPool& extensions);

}  // namespace rpcctl
