#include "schema/proto_file_source.h"

#include <google/protobuf/descriptor.pb.h>

#include <filesystem>
#include <system_error>
#include <unordered_set>

#include "schema/file_index.h"
#include "schema/proto_folder.h"
#include "schema/proto_loader.h"

namespace rpcctl {
namespace {

class ProtoFileSource final : public SchemaSource {
 public:
  explicit ProtoFileSource(std::unique_ptr<ProtoLoader> loader) : loader_(std::move(loader)) {
    for (const ProtoFile& file : loader_->files())
      index_.Add(file.name, file.error ? nullptr : file.proto.get());
  }

  std::string Name() const override { return "the .proto files"; }

  Result<std::vector<std::string>> ServiceNames() override { return index_.services(); }

  Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view symbol) override {
    return Serialized(index_.Declaring(symbol));
  }

  Result<std::vector<SchemaFile>> FilesNamed(std::string_view name) override {
    const std::vector<size_t> found = index_.Named(name);
    for (const size_t number : found) {
      if (const auto& error = loader_->files()[number].error) return *error;
    }
    return Serialized(found);
  }

  Result<std::vector<SchemaFile>> FilesExtending(std::string_view type, std::optional<int> number) override {
    return Serialized(index_.Extending(type, number));
  }

  Result<std::vector<SchemaFile>> AllFiles() override {
    std::vector<SchemaFile> all;
    for (const ProtoFile& file : loader_->files()) {
      if (!file.error) all.push_back(Serialized(file));
    }
    return all;
  }

  std::vector<Error> Problems() const override {
    std::vector<Error> problems;
    for (const ProtoFile& file : loader_->files()) {
      if (file.error) problems.push_back(*file.error);
    }
    return problems;
  }

  void Close() override {}

 private:
  static SchemaFile Serialized(const ProtoFile& file) {
    return {file.name, file.proto->SerializePartialAsString(), file.path};
  }

  std::vector<SchemaFile> Serialized(const std::vector<size_t>& numbers) const {
    std::vector<SchemaFile> files;
    for (const size_t number : numbers) files.push_back(Serialized(loader_->files()[number]));
    return files;
  }

  std::unique_ptr<ProtoLoader> loader_;
  FileIndex index_;
};

bool IsFolder(const std::string& path) {
  std::error_code failure;
  return std::filesystem::is_directory(path, failure);
}

// The error of `named`, or of the nearest file that it imports.
std::optional<Error> FirstError(const ProtoFile& named) {
  std::unordered_set<const ProtoFile*> seen = {&named};
  std::vector<const ProtoFile*> waiting = {&named};
  for (size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i]->error) return waiting[i]->error;
    for (const ProtoFile* import : waiting[i]->imports) {
      if (seen.insert(import).second) waiting.push_back(import);
    }
  }
  return std::nullopt;
}

// A named file where it is, or else below the first root that has it: protoc and grpcurl know files by that
// name.
std::string Located(const std::string& path, const std::vector<std::string>& roots) {
  std::error_code failure;
  if (std::filesystem::exists(path, failure)) return path;
  for (const std::string& root : roots) {
    const std::filesystem::path below = std::filesystem::path(root) / path;
    if (std::filesystem::exists(below, failure)) return below.string();
  }
  return path;
}

}  // namespace

Result<std::unique_ptr<SchemaSource>> OpenProtoFiles(const ProtoFiles& files) {
  std::vector<std::string> roots = files.roots;
  for (const std::string& path : files.paths) {
    if (IsFolder(path)) roots.push_back(path);
  }
  Result<ImportPaths> paths = ImportPaths::Make(std::move(roots));
  if (!paths) return paths.error();
  auto loader = std::make_unique<ProtoLoader>(std::move(*paths));
  std::vector<const ProtoFile*> named;
  for (const std::string& path : files.paths) {
    if (!IsFolder(path)) {
      named.push_back(&loader->Add(Located(path, files.roots)));
      continue;
    }
    const Result<std::vector<std::string>> within = ProtoFilesBelow(path);
    if (!within) return within.error();
    for (const std::string& file : *within) loader->Add(file);
  }
  if (Result<void> followed = loader->FollowImports(); !followed) return followed.error();
  for (const ProtoFile* file : named) {
    if (std::optional<Error> error = FirstError(*file)) return *error;
  }
  return std::unique_ptr<SchemaSource>(std::make_unique<ProtoFileSource>(std::move(loader)));
}

}  // namespace rpcctl
