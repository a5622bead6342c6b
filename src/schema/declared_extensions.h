// The extensions that a file of descriptors declares, read without building it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

struct DeclaredExtension {
  std::string extendee;  // as the file writes it: ".pkg.Type", or relative to where it stands
  int number = 0;
};

// Those within messages too.
std::vector<DeclaredExtension> DeclaredExtensions(const google::protobuf::FileDescriptorProto& file);

// Whether a file that writes `written` can mean the type with this full name.
bool CanMeanType(std::string_view written, std::string_view full_name);

}  // namespace rpcctl
