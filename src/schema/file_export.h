// Collects the files of a schema for somebody who wants to keep them.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "schema/symbol.h"

namespace rpcctl {

class DescriptorBuilder;
class FileFetcher;
class FileStore;

struct ExportedFile {
  std::string name;
  std::string bytes;  // serialized: as the source has it, unless that would not stand on its own
  const google::protobuf::FileDescriptor* descriptor = nullptr;  // borrowed from the Schema
  bool is_needed_only = false;  // it was not asked for itself, but another one imports it
};

// Gives each file after those that it imports, built-in ones too. What was parsed from text is given with its
// names and options resolved; what had to be mended, or to be built without an import, is given so. Borrows
// all; for one question.
class FileExport final {
 public:
  FileExport(FileFetcher& fetcher, FileStore& store, DescriptorBuilder& builder)
      : fetcher_(fetcher), store_(store), builder_(builder) {}

  // The files that declare `symbols`, which were found, with what they need.
  std::vector<ExportedFile> Holding(std::span<const Symbol> symbols);
  // All that the sources tell of, the extensions of their types too. A file that is broken or missing is an
  // error: kSchema, or what the source says.
  Result<std::vector<ExportedFile>> Everything();

 private:
  Result<void> FetchServices();
  void FetchExtensions();
  void Add(const google::protobuf::FileDescriptor& file);
  std::string BytesOf(const google::protobuf::FileDescriptor& file);

  FileFetcher& fetcher_;
  FileStore& store_;
  DescriptorBuilder& builder_;
  std::vector<ExportedFile> files_;
  std::unordered_set<const google::protobuf::FileDescriptor*> added_;
};

}  // namespace rpcctl
