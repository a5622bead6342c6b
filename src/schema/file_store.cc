#include "schema/file_store.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>

#include <utility>

#include "base/safe_text.h"
#include "schema/builtin_files.h"
#include "schema/declared_names.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;

constexpr size_t kShownNameBytes = 200;

Error SchemaError(std::string message) {
  return {ErrorKind::kSchema, std::move(message)};
}

// Without the file's name and its comments, which do not change what it declares.
std::string ContentOf(const std::string& bytes) {
  FileDescriptorProto file;
  file.ParsePartialFromString(bytes);
  file.clear_name();
  file.clear_source_code_info();
  return file.SerializePartialAsString();
}

bool SameContent(const std::string& a, const std::string& b) {
  return a == b || ContentOf(a) == ContentOf(b);
}

std::optional<Error> Parse(const StoredFile& file) {
  FileDescriptorProto& proto = *file.proto;
  const bool parsed = proto.ParsePartialFromString(file.bytes) && proto.IsInitialized();
  if (!parsed) proto.Clear();
  proto.set_name(file.name);
  if (parsed) return std::nullopt;
  return SchemaError(file.ShownName() + ": the bytes are not a file descriptor");
}

}  // namespace

StoredFile::StoredFile() : proto(std::make_unique<FileDescriptorProto>()) {}
StoredFile::~StoredFile() = default;

std::string StoredFile::ShownName() const {
  return SafeExcerpt(path.empty() ? name : path, kShownNameBytes);
}

FileStore::FileStore() : silence_(std::make_unique<google::protobuf::LogSilencer>()) {}
FileStore::~FileStore() = default;

void FileStore::Add(size_t source, std::string_view source_name, SchemaFile file) {
  if (BuiltinFiles::IsPreferred(file.name)) return;
  if (StoredFile* known = Find(file.name)) {
    if (known->source == source && !known->problem && !SameContent(known->bytes, file.bytes)) {
      known->problem = SchemaError(
          fmt::format("{}: two different files of this name come from {}", known->ShownName(), source_name));
    }
    return;
  }
  if (!WithinLimits(file)) return;
  auto stored = std::make_unique<StoredFile>();
  stored->source = source;
  stored->name = std::move(file.name);
  stored->bytes = std::move(file.bytes);
  stored->path = std::move(file.path);
  stored->problem = Parse(*stored);
  const Result<void> checked = check_.Check(*stored->proto, stored->ShownName());
  if (!checked && !stored->problem) stored->problem = checked.error();
  Index(*stored);
  files_.emplace(stored->name, std::move(stored));
}

StoredFile* FileStore::Find(std::string_view name) {
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : found->second.get();
}

StoredFile* FileStore::FindDeclaring(std::string_view full_name, size_t beyond) {
  // Each scope is hashed: of a name in megabytes that would take minutes.
  if (full_name.size() > kMaxQualifiedNameBytes) return nullptr;
  for (std::string_view outer = full_name; outer.size() > beyond; outer = Scope(outer)) {
    const auto found = declared_.find(std::string(outer));
    if (found != declared_.end()) return found->second;
  }
  return nullptr;
}

std::vector<StoredFile*> FileStore::All() {
  std::vector<StoredFile*> all;
  for (const auto& [name, file] : files_) all.push_back(file.get());
  return all;
}

bool FileStore::WithinLimits(const SchemaFile& file) {
  if (limit_reached_) return false;
  bytes_ += file.bytes.size();
  if (files_.size() >= kMaxSchemaFiles) limit_reached_ = SchemaError(std::string(kTooManyFiles));
  if (bytes_ > kMaxDescriptorBytes) limit_reached_ = SchemaError(std::string(kTooManyBytes));
  return !limit_reached_;
}

// Notes what stands in the file's package. A name that another file of the same source has already is a
// problem of both, unless the files differ in nothing but their names.
void FileStore::Index(StoredFile& file) {
  const StoredFile* same = nullptr;
  for (std::string& name : PackageLevelNames(*file.proto)) {
    const auto [entry, is_new] = declared_.emplace(std::move(name), &file);
    StoredFile& other = *entry->second;
    if (file.source < other.source) entry->second = &file;
    if (is_new || &other == &file || &other == same || other.source != file.source) continue;
    if (!SameContent(file.bytes, other.bytes)) {
      const Error problem = SchemaError(fmt::format("'{}' is declared both in {} and in {}",
                                                    SafeExcerpt(entry->first, kShownNameBytes),
                                                    other.ShownName(), file.ShownName()));
      if (!file.problem) file.problem = problem;
      if (!other.problem) other.problem = problem;
      return;
    }
    same = &other;
  }
}

}  // namespace rpcctl
