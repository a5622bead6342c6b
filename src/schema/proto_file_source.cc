#include "schema/proto_file_source.h"

#include <google/protobuf/descriptor.pb.h>

#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_map>
#include <unordered_set>

#include "schema/declared_names.h"
#include "schema/proto_folder.h"
#include "schema/proto_loader.h"

namespace rpcctl {
namespace {

SchemaFile Serialized(const ProtoFile& file) {
  return {file.name, file.proto->SerializePartialAsString()};
}

class ProtoFileSource final : public SchemaSource {
 public:
  explicit ProtoFileSource(std::unique_ptr<ProtoLoader> loader) : loader_(std::move(loader)) {
    for (const ProtoFile& file : loader_->files()) {
      by_name_.emplace(file.name, &file);
      if (file.error) continue;
      for (const std::string& name : PackageLevelNames(*file.proto)) declared_.emplace(name, &file);
    }
  }

  std::string Name() const override { return "the .proto files"; }

  Result<std::vector<std::string>> ServiceNames() override {
    std::vector<std::string> names;
    for (const ProtoFile& file : loader_->files()) {
      if (file.error) continue;
      for (const auto& service : file.proto->service()) {
        names.push_back(Qualified(file.proto->package(), service.name()));
      }
    }
    return names;
  }

  // All files that declare it: whoever asks sees when there are two.
  Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view symbol) override {
    std::vector<SchemaFile> found;
    for (std::string_view outer = symbol; !outer.empty() && found.empty(); outer = Scope(outer)) {
      const auto [begin, end] = declared_.equal_range(std::string(outer));
      for (auto entry = begin; entry != end; ++entry) found.push_back(Serialized(*entry->second));
    }
    return found;
  }

  Result<std::vector<SchemaFile>> FilesNamed(std::string_view name) override {
    const auto found = by_name_.find(std::string(name));
    if (found == by_name_.end()) return std::vector<SchemaFile>();
    if (found->second->error) return *found->second->error;
    return std::vector<SchemaFile>{Serialized(*found->second)};
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
  std::unique_ptr<ProtoLoader> loader_;
  std::unordered_map<std::string, const ProtoFile*> by_name_;
  std::unordered_multimap<std::string, const ProtoFile*> declared_;  // names at package level
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

// A named file where it is, or else below the first root that has it: protoc and grpcurl know files by that name.
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
