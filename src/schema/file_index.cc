#include "schema/file_index.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>

#include "schema/declared_extensions.h"
#include "schema/declared_names.h"

namespace rpcctl {
namespace {

// In the order of the files.
std::vector<size_t> FilesAt(const std::unordered_multimap<std::string, size_t>& files, std::string_view key) {
  std::vector<size_t> found;
  const auto [begin, end] = files.equal_range(std::string(key));
  for (auto entry = begin; entry != end; ++entry) found.push_back(entry->second);
  std::sort(found.begin(), found.end());
  return found;
}

std::string LastPart(std::string_view name) {
  return std::string(name.substr(name.rfind('.') + 1));
}

}  // namespace

void FileIndex::Add(const std::string& name, const google::protobuf::FileDescriptorProto* file) {
  const size_t number = count_++;
  by_name_.emplace(name, number);
  if (file == nullptr) return;
  for (std::string& declared : PackageLevelNames(*file)) declared_.emplace(std::move(declared), number);
  for (const auto& service : file->service()) services_.push_back(Qualified(file->package(), service.name()));
  for (DeclaredExtension& extension : DeclaredExtensions(*file)) {
    std::vector<Extension>& of_type = extensions_[LastPart(extension.extendee)];
    of_type.push_back({std::move(extension.extendee), extension.number, number});
  }
}

std::vector<size_t> FileIndex::Declaring(std::string_view symbol) const {
  std::vector<size_t> found;
  for (std::string_view outer = symbol; !outer.empty() && found.empty(); outer = Scope(outer)) {
    found = FilesAt(declared_, outer);
  }
  return found;
}

std::vector<size_t> FileIndex::Named(std::string_view name) const {
  return FilesAt(by_name_, name);
}

std::vector<size_t> FileIndex::Extending(std::string_view type, std::optional<int> number) const {
  std::vector<size_t> found;
  const auto of_type = extensions_.find(LastPart(type));
  if (of_type == extensions_.end()) return found;
  for (const Extension& extension : of_type->second) {
    if (number && extension.number != *number) continue;
    if (!CanMeanType(extension.extendee, type)) continue;
    if (found.empty() || found.back() != extension.file) found.push_back(extension.file);
  }
  return found;
}

}  // namespace rpcctl
