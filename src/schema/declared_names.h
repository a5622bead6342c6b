// The full names that a file of descriptors declares, read without building it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// `scope` + "." + `name`; `name` alone where the scope is empty.
std::string Qualified(std::string_view scope, std::string_view name);

// "a.b" for "a.b.C", "" where there is no dot.
std::string_view Scope(std::string_view full_name);

// What stands in the package itself: messages, enums and their values, services, extensions.
std::vector<std::string> PackageLevelNames(const google::protobuf::FileDescriptorProto& file);

// Those, and all within them: methods, fields, oneofs, nested types, enum values. Without what no one wrote:
// the entry types of maps and the oneofs of optional fields.
std::vector<std::string> DeclaredNames(const google::protobuf::FileDescriptorProto& file);

// The methods of the service with this full name, fully qualified; none when `file` does not declare it.
std::vector<std::string> DeclaredMethods(const google::protobuf::FileDescriptorProto& file,
                                         std::string_view service);

}  // namespace rpcctl
