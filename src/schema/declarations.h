// What a file of descriptors declares that a person may ask for by name, read without building it.
#pragma once

#include <string>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

enum class Declares { kService, kMethod, kMessage, kEnum };

struct Declaration {
  Declares what = Declares::kMessage;
  std::string full_name;
};

// In the order of the file, types within types too, without the entry types of maps. Names are as the file
// has them, not yet checked.
std::vector<Declaration> DeclarationsOf(const google::protobuf::FileDescriptorProto& file);

}  // namespace rpcctl
