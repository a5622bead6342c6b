// Reads the text of one .proto file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// The file with its comments and places, called `name`; its imports are not looked at. A kSchema error says
// "shown_path:12:3: Expected \";\"" for the first mistake, and up to two more in its hint. A file of
// edition 2023 comes as protoc makes it: `syntax` is "editions", and its features stand in its options.
Result<std::unique_ptr<google::protobuf::FileDescriptorProto>> ParseProtoText(std::string_view text,
                                                                              const std::string& name,
                                                                              std::string_view shown_path);

}  // namespace rpcctl
