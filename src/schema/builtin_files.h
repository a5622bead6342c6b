// The files that come with rpcctl: google/protobuf/*.proto, and google/rpc/status.proto with its details.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace google::protobuf {
class DescriptorPool;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// A pool of these files and nothing else, so that what is linked into the binary for other reasons cannot
// hide that a server left something out. A file is built when it is first asked for: a call that needs none
// pays for none.
class BuiltinFiles final {
 public:
  BuiltinFiles();
  ~BuiltinFiles();

  // The pool to stand underneath another one.
  const google::protobuf::DescriptorPool& pool() const { return *pool_; }

  static bool Has(std::string_view file_name);
  // Whether the built-in copy is taken even when a source has one: google/protobuf/*. Servers leave those
  // out, or have newer ones that this protobuf cannot build. Of google/rpc a source's copy is taken, when it
  // builds.
  static bool IsPreferred(std::string_view file_name);
  // The file that declares `full_name`, nested names too; none when none does.
  static std::optional<std::string> FileWithSymbol(const std::string& full_name);
  // As it was compiled in, without comments, and descriptor.proto with what it gained since
  // (newer_descriptor.h). `file_name` must be one of these.
  static google::protobuf::FileDescriptorProto Read(std::string_view file_name);

  // Makes sure that `file_name` and what it imports stand in the pool. Other names are ignored.
  void Build(std::string_view file_name);

 private:
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
};

}  // namespace rpcctl
