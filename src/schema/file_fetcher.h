// Asks the sources for files of descriptors, as little as possible, and puts the answers into the store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/schema_source.h"

namespace rpcctl {

class FileStore;
struct StoredFile;

// The first source that knows a name wins; a later one is asked only when those before it do not. Borrows
// both.
class FileFetcher final {
 public:
  using Sources = std::vector<std::unique_ptr<SchemaSource>>;
  FileFetcher(const Sources& sources, FileStore& store);

  // The file that declares `symbol`, or the type or service around it; null when no source knows it. The
  // error of a source is told only when no other source knows the symbol.
  Result<StoredFile*> Locate(const std::string& symbol);
  // Gets what `file` imports, directly or not. A file that is not to be had is noted and left out; a kSchema
  // error when the imports go too deep.
  Result<void> FetchImports(StoredFile& file);
  // Why a file that FetchImports looked for is not there: "x.proto, which the server at h:1 did not send".
  // Null when it was not looked for.
  const Error* Missing(std::string_view name) const;
  // The services of one source, sorted, each once.
  Result<std::vector<std::string>> ServiceNames(size_t source);
  // The files that one source has for SchemaSource::FilesExtending; none where it fails.
  std::vector<StoredFile*> FetchExtending(size_t source, const std::string& type, std::optional<int> number);
  // Gets everything the sources have, and can be asked for, and notes nothing of what cannot be had. A
  // service whose name is none (IsQualifiedName) is not asked for. Returns what that leads to, sorted by
  // name: what the store has besides was asked for by its name.
  std::vector<StoredFile*> FetchAll();

  const Sources& sources() const { return sources_; }

 private:
  std::vector<StoredFile*> WithImports(std::vector<StoredFile*> files);
  StoredFile* Import(const std::string& name);
  Result<StoredFile*> AskForImport(const std::string& name);
  void Take(size_t source, std::vector<SchemaFile> files);

  const Sources& sources_;
  FileStore& store_;
  std::map<std::string, Error, std::less<>> missing_;
  std::map<size_t, std::vector<std::string>> services_;
};

// What the sources are called, in their order.
std::vector<std::string> SourceNames(const FileFetcher::Sources& sources);

}  // namespace rpcctl
