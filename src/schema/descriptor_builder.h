// Builds files of descriptors into one pool: what a file needs, in the order of the imports, and nothing
// else.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "schema/builtin_files.h"

namespace google::protobuf {
class DescriptorPool;
class FileDescriptor;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

class FileFetcher;
class FileStore;
struct StoredFile;

// Lenient: a file that is missing, broken or over a limit is a problem of the files that import it, and of no
// other. An import that is missing does not matter to a file that can be built without it. Files of an
// edition are built lowered (edition_lowering.h). Borrows the fetcher and the store.
class DescriptorBuilder final {
 public:
  DescriptorBuilder(FileFetcher& fetcher, FileStore& store);
  ~DescriptorBuilder();

  // The descriptor of `file`, with all it imports. The kSchema error is the file's problem, which is kept
  // with it.
  Result<const google::protobuf::FileDescriptor*> Build(StoredFile& file);
  // Makes a built-in file available in the pool.
  void BuildBuiltin(std::string_view file_name) { builtins_.Build(file_name); }
  // What was built so far, built-in files underneath.
  const google::protobuf::DescriptorPool& pool() const { return *pool_; }

 private:
  void BuildOne(StoredFile& file);
  Result<const google::protobuf::FileDescriptor*> BuildProto(
      const google::protobuf::FileDescriptorProto& proto, std::string_view shown_name);
  bool TakeImports(StoredFile& file);
  bool StandsInPool(const std::string& file_name) const;
  Error WhyNotBuilt(const StoredFile& file, const Error& complaint) const;

  FileFetcher& fetcher_;
  FileStore& store_;
  BuiltinFiles builtins_;
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  bool has_edition_ = false;  // a file of an edition was built
};

}  // namespace rpcctl
