// Reads .proto files and what they import from disk, one after another, without recursion.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "schema/import_paths.h"

namespace google::protobuf {
class FileDescriptorProto;
class LogSilencer;
}  // namespace google::protobuf

namespace rpcctl {

// One file as it was read.
struct ProtoFile {
  ProtoFile();
  ~ProtoFile();

  std::string path;  // as it was named, or found
  std::string name;  // as others import it
  std::unique_ptr<google::protobuf::FileDescriptorProto>
      proto;                              // its imports by the names that the files have here
  std::optional<Error> error;             // why it cannot be used; then `proto` may be empty
  std::vector<const ProtoFile*> imports;  // those found on disk
};

// Every file once, whatever ways lead to it.
class ProtoLoader final {
 public:
  explicit ProtoLoader(ImportPaths paths);
  ~ProtoLoader();

  // Reads the file at `path`, unless it is there already. What is wrong with it is kept with it.
  ProtoFile& Add(const std::string& path) { return Add(path, std::nullopt); }
  // Reads what the added files import. An error when there is more of it than the limits allow.
  Result<void> FollowImports();
  // In the order in which they were read.
  const std::deque<ProtoFile>& files() const { return files_; }

 private:
  ProtoFile& Add(const std::string& path, std::optional<std::string> import_name);
  void Read(ProtoFile& file);
  void ResolveImports(ProtoFile& file);
  std::string UniqueName(std::string name, const std::string& real_path);

  // protobuf tells stderr of a file without a syntax statement, and of strings that are not UTF-8. Not from
  // here.
  const std::unique_ptr<google::protobuf::LogSilencer> silence_;
  ImportPaths paths_;
  std::deque<ProtoFile> files_;  // grows at the end; what is in it stays where it is
  size_t followed_ = 0;          // files whose imports were read
  uint64_t bytes_ = 0;
  std::map<std::string, ProtoFile*> by_real_path_;
  std::map<std::string, std::string> real_path_of_name_;
};

}  // namespace rpcctl
