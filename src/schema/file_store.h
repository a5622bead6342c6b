// The files of descriptors received so far, by name, each checked on arrival.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "schema/file_check.h"
#include "schema/schema_source.h"

namespace google::protobuf {
class FileDescriptor;
class FileDescriptorProto;
class LogSilencer;
}  // namespace google::protobuf

namespace rpcctl {

// One file and what became of it.
struct StoredFile {
  StoredFile();
  ~StoredFile();

  std::string name;
  std::string bytes;  // as received
  std::string path;   // as SchemaFile has it
  size_t source = 0;  // the place of its source among the sources; the first has precedence
  std::unique_ptr<google::protobuf::FileDescriptorProto> proto;  // never null
  std::optional<Error> problem;                                  // why it cannot be used, in a whole sentence
  const StoredFile* culprit = nullptr;  // the import whose problem it really is; null when its own
  const google::protobuf::FileDescriptor* built = nullptr;  // null until it is needed
  bool repaired = false;                                    // RepairFile had its turn

  // What messages call it: the path of a .proto file, otherwise its name. Safe to show.
  std::string ShownName() const;
};

// Keeps a file and a name once. Between sources the first wins, in silence; what one source says twice must
// be equal, and is a problem of the files concerned where it is not. References stay valid as long as the
// store.
class FileStore final {
 public:
  FileStore();
  ~FileStore();

  // Takes in a file. One that cannot be used is kept with its problem; built-in files that are preferred to
  // any copy, and files beyond the limits, are not kept.
  void Add(size_t source, std::string_view source_name, SchemaFile file);

  // Null when there is none.
  StoredFile* Find(std::string_view name);
  // The file that declares `full_name`, or the outermost type or service that `full_name` is within, as far
  // as files received so far tell; null otherwise. A name within a type may turn out not to exist. A
  // declaration whose own name is not longer than `beyond` bytes does not count. Null for a name of more than
  // kMaxQualifiedNameBytes, which nothing that can be used declares.
  StoredFile* FindDeclaring(std::string_view full_name, size_t beyond = 0);
  // Every file, sorted by name.
  std::vector<StoredFile*> All();
  // Set once a file was left out because of a limit: there is no point in asking for more.
  const std::optional<Error>& limit_reached() const { return limit_reached_; }

 private:
  bool WithinLimits(const SchemaFile& file);
  void Index(StoredFile& file);

  // protobuf tells stderr of each string that is not UTF-8, whoever sent it. Not as long as there is a
  // schema.
  const std::unique_ptr<google::protobuf::LogSilencer> silence_;
  std::map<std::string, std::unique_ptr<StoredFile>, std::less<>> files_;
  std::unordered_map<std::string, StoredFile*> declared_;  // names at package level
  FileCheck check_;
  uint64_t bytes_ = 0;
  std::optional<Error> limit_reached_;
};

}  // namespace rpcctl
