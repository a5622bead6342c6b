// Where descriptors come from: a server's reflection, .proto files, descriptor sets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// One file of descriptors as it was received: a serialized google.protobuf.FileDescriptorProto.
struct SchemaFile {
  std::string name;   // as other files import it
  std::string bytes;  // serialized
  // Of the .proto file that it was parsed from: messages call it so, and its type names and options stand as
  // they were written, not yet resolved. Empty for descriptors that came as such.
  std::string path = {};
};

// Answers questions about descriptors with files, not yet checked against each other. A name that the source
// does not know is an empty answer, not an error; errors are kSchema, kInput, kConnect, kTls or kStatus.
class SchemaSource {
 public:
  virtual ~SchemaSource() = default;
  // What it is, for messages: "the server at localhost:50051", "the .proto files".
  virtual std::string Name() const = 0;
  // The services it offers, fully qualified, in its own order.
  virtual Result<std::vector<std::string>> ServiceNames() = 0;
  // The file that declares the fully qualified `symbol`, with any others that came along.
  virtual Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view symbol) = 0;
  // The file that others import as `name`, with any others that came along.
  virtual Result<std::vector<SchemaFile>> FilesNamed(std::string_view name) = 0;
  // The files that declare extensions of the message type `type`, or those that declare its extension
  // `number`; perhaps others too. What a file does not tell for certain is for the asker to find out.
  virtual Result<std::vector<SchemaFile>> FilesExtending(std::string_view type,
                                                         std::optional<int> number) = 0;
  // Every file it holds, where it can tell them without being asked for one (files can, a server cannot:
  // empty).
  virtual Result<std::vector<SchemaFile>> AllFiles() = 0;
  // What it holds but cannot use, for the hint when a name is not found: a folder may have a broken file
  // among its good ones.
  virtual std::vector<Error> Problems() const { return {}; }
  // Lets go of what the questions needed (the reflection stream is closed before a call is made).
  virtual void Close() = 0;
};

}  // namespace rpcctl
