// Where types are found that no field leads to: those inside an Any, and extensions.
#pragma once

#include <functional>
#include <string_view>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The message type with a full name; nullptr where there is none. The type lives as long as whatever was
// given the finder.
using TypeFinder = std::function<const google::protobuf::Descriptor*(std::string_view full_name)>;

// The extension of a message type with a number, or with a full name ("pkg.ext"; of a MessageSet also the
// name of its type); nullptr where there is none. An extension that is found is in KnownTypes::pool from then
// on.
using ExtensionFinder = std::function<const google::protobuf::FieldDescriptor*(
    const google::protobuf::Descriptor& type, int number)>;
using NamedExtensionFinder = std::function<const google::protobuf::FieldDescriptor*(
    const google::protobuf::Descriptor& type, std::string_view name)>;

struct KnownTypes {
  // Where parsing looks up extensions and, without a finder, everything is looked up; nullptr: the pool of
  // the message type at hand. The two differ where that type is a well-known one that comes from a pool
  // underneath.
  const google::protobuf::DescriptorPool* pool = nullptr;
  TypeFinder find_type = {};  // for Any
  ExtensionFinder find_extension = {};
  NamedExtensionFinder find_named_extension = {};
};

// The type that an Any's URL, "example.com/pkg.Type", or a bare name leads to by what stands behind its last
// slash; nullptr where there is none that a message can be of. `known` is complete.
const google::protobuf::Descriptor* FindTypeInAny(const KnownTypes& known, std::string_view type_url);

// `known` for messages of `type`, with nothing missing. Borrows the pool.
KnownTypes Completed(KnownTypes known, const google::protobuf::Descriptor& type);

}  // namespace rpcctl
