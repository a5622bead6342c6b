// Finds the line of a declaration that the source info of its file remembers.
#pragma once

#include <optional>

namespace google::protobuf {
class FileDescriptorProto;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Counted from 1, as editors do.
struct SourcePlace {
  int line = 0;
  int column = 0;
};

// Where `declaration`, a message somewhere within `file`, begins, or its field number `detail` where that has
// a place of its own (0: none wanted). None when the file has no source info or does not hold the
// declaration.
std::optional<SourcePlace> FindSourcePlace(const google::protobuf::FileDescriptorProto& file,
                                           const google::protobuf::Message& declaration, int detail);

// Where its option number `option`, still uninterpreted, stands, or the part `detail` of that (a field number
// of UninterpretedOption).
std::optional<SourcePlace> FindOptionPlace(const google::protobuf::FileDescriptorProto& file,
                                           const google::protobuf::Message& declaration, int option,
                                           int detail);

// Where the import number `import` of `file` stands.
std::optional<SourcePlace> FindImportPlace(const google::protobuf::FileDescriptorProto& file, int import);

}  // namespace rpcctl
