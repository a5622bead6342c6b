#include "schema/proto_loader.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>

#include "base/files.h"
#include "base/safe_text.h"
#include "schema/builtin_files.h"
#include "schema/limits.h"
#include "schema/proto_text.h"
#include "schema/source_place.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;

constexpr size_t kShownImportBytes = 200;

std::vector<std::string> Imports(const FileDescriptorProto& proto) {
  return {proto.dependency().begin(), proto.dependency().end()};
}

// The features of one language, which come with protoc: no type is in them, and they may be missing.
bool IsForGenerators(std::string_view import) {
  return import.starts_with("google/protobuf/") && import.ends_with("_features.proto");
}

Error CannotImport(const ProtoFile& file, int import, std::string_view what, std::string hint) {
  const std::string& name = file.proto->dependency(import);
  std::string place = SafeText(file.path);
  if (const auto found = FindImportPlace(*file.proto, import)) {
    place += fmt::format(":{}:{}", found->line, found->column);
  }
  return {ErrorKind::kSchema,
          fmt::format("{}: import \"{}\" {}", place, SafeExcerpt(name, kShownImportBytes), what),
          std::move(hint)};
}

}  // namespace

ProtoFile::ProtoFile() : proto(std::make_unique<FileDescriptorProto>()) {}
ProtoFile::~ProtoFile() = default;

ProtoLoader::ProtoLoader(ImportPaths paths)
    : silence_(std::make_unique<google::protobuf::LogSilencer>()), paths_(std::move(paths)) {}

ProtoLoader::~ProtoLoader() = default;

Result<void> ProtoLoader::FollowImports() {
  for (; followed_ < files_.size(); ++followed_) {
    if (files_.size() > kMaxSchemaFiles) return Error{ErrorKind::kSchema, std::string(kTooManyFiles)};
    if (bytes_ > kMaxDescriptorBytes) return Error{ErrorKind::kSchema, std::string(kTooManyBytes)};
    ResolveImports(files_[followed_]);
  }
  return {};
}

ProtoFile& ProtoLoader::Add(const std::string& path, std::optional<std::string> import_name) {
  const std::string real_path = RealPath(path);
  ProtoFile*& known = by_real_path_[real_path];
  if (known != nullptr) return *known;
  ProtoFile& file = files_.emplace_back();
  known = &file;
  file.path = path;
  Read(file);
  file.name = UniqueName(import_name ? *import_name : paths_.NameOf(path, Imports(*file.proto)), real_path);
  file.proto->set_name(file.name);
  return file;
}

void ProtoLoader::Read(ProtoFile& file) {
  // Beyond the limit everything fails anyway; what is still on its way is not read.
  if (bytes_ > kMaxDescriptorBytes) return;
  const Result<std::string> text = ReadRegularFile(file.path, kMaxDescriptorBytes);
  if (!text) {
    file.error = text.error();
    return;
  }
  bytes_ += text->size();
  auto parsed = ParseProtoText(*text, file.path, file.path);
  if (!parsed) {
    file.error = parsed.error();
  } else {
    file.proto = std::move(*parsed);
  }
}

// Each import that is on disk is renamed to the name its file has here.
void ProtoLoader::ResolveImports(ProtoFile& file) {
  for (int i = 0; i < file.proto->dependency_size(); ++i) {
    const std::string import = file.proto->dependency(i);
    if (BuiltinFiles::IsPreferred(import) || IsForGenerators(import)) continue;
    if (const std::optional<std::string> path = paths_.Find(import, file.path)) {
      const ProtoFile& imported = Add(*path, import);
      file.proto->set_dependency(i, imported.name);
      file.imports.push_back(&imported);
    } else if (!IsImportName(import)) {
      file.error = CannotImport(file, i, "is not a relative path without \".\" and \"..\"", "");
    } else if (!BuiltinFiles::Has(import)) {
      file.error = CannotImport(file, i, "is not found", paths_.PlacesFor(file.path) + "; -I adds a folder");
    }
    if (file.error) return;
  }
}

// Two files that would be imported by one name, from different places, are told apart by their paths.
std::string ProtoLoader::UniqueName(std::string name, const std::string& real_path) {
  const auto [entry, is_new] = real_path_of_name_.emplace(name, real_path);
  if (is_new || entry->second == real_path) return name;
  std::string longer = real_path.substr(real_path.find_first_not_of('/'));
  real_path_of_name_.emplace(longer, real_path);
  return longer;
}

}  // namespace rpcctl
