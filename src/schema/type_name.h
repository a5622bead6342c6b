// How a type is named where it is used.
#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class FileDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The shortest name that means `type` in `file` where `scope` (a full name) surrounds it: without the package
// where it is the same one, in full otherwise; with a leading dot only where anything else would mean another
// type.
std::string TypeNameIn(const google::protobuf::Descriptor& type, const google::protobuf::FileDescriptor& file,
                       std::string_view scope);
std::string TypeNameIn(const google::protobuf::EnumDescriptor& type,
                       const google::protobuf::FileDescriptor& file, std::string_view scope);

}  // namespace rpcctl
