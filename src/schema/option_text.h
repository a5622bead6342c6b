// The options of a declaration as text of the .proto language.
#pragma once

#include <string>
#include <vector>

namespace google::protobuf {
class DescriptorPool;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// "deprecated = true", "(pkg.role) = \"admin\"", "(pkg.rule) = { get: \"/v1\" }",
// "features.enum_type = CLOSED": each option that is set, by number; features come first. `options` is a
// FileOptions, a FieldOptions...; custom ones are known as far as `pool` knows their extensions. Left out is
// what protobuf sets by itself (map_entry). Each is one line, safe to show.
std::vector<std::string> OptionAssignments(const google::protobuf::Message& options,
                                           const google::protobuf::DescriptorPool& pool);

}  // namespace rpcctl
