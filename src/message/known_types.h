// Where types are found that no field leads to: those inside an Any, and extensions.
#pragma once

#include <functional>
#include <string_view>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
}  // namespace google::protobuf

namespace rpcctl {

// The message type with a full name; nullptr where there is none. The type lives as long as whatever was
// given the finder.
using TypeFinder = std::function<const google::protobuf::Descriptor*(std::string_view full_name)>;

struct KnownTypes {
  // Where extensions are looked up and, without a finder, the types of Any; nullptr: the pool of the message
  // type at hand. The two differ where that type is a well-known one that comes from a pool underneath.
  const google::protobuf::DescriptorPool* pool = nullptr;
  TypeFinder find_type = {};  // for Any
};

// The type that an Any's URL, "example.com/pkg.Type", or a bare name leads to by what stands behind its last
// slash; nullptr where there is none that a message can be of. `known` is complete.
const google::protobuf::Descriptor* FindTypeInAny(const KnownTypes& known, std::string_view type_url);

// `known` for messages of `type`, with nothing missing. Borrows the pool.
KnownTypes Completed(KnownTypes known, const google::protobuf::Descriptor& type);

}  // namespace rpcctl
