#include "schema/descriptor_set_source.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

#include "base/files.h"
#include "base/safe_text.h"
#include "schema/descriptor_set.h"
#include "schema/file_index.h"
#include "schema/file_name.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;

constexpr std::string_view kGzipMagic = "\x1f\x8b";

class DescriptorSetSource final : public SchemaSource {
 public:
  explicit DescriptorSetSource(std::string name) : name_(std::move(name)) {}

  // Takes in the files of the set at `path`; returns how many are file descriptors.
  size_t Add(const std::string& path, const std::vector<std::string_view>& files) {
    // protobuf tells stderr of each string that is not UTF-8.
    const google::protobuf::LogSilencer silence;
    const size_t before = files_.size();
    for (size_t i = 0; i < files.size(); ++i) {
      FileDescriptorProto proto;
      const Result<std::string> name = FileNameOf(files[i]);
      if (!name || !proto.ParsePartialFromArray(files[i].data(), static_cast<int>(files[i].size()))) {
        problems_.push_back(
            {ErrorKind::kSchema, fmt::format("file {} of the descriptor set '{}' is not a file descriptor",
                                             i + 1, SafeText(path))});
        continue;
      }
      index_.Add(*name, &proto);
      files_.push_back({*name, std::string(files[i])});
    }
    return files_.size() - before;
  }

  std::string Name() const override { return name_; }

  Result<std::vector<std::string>> ServiceNames() override { return index_.services(); }

  Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view symbol) override {
    return WithCopies(index_.Declaring(symbol));
  }

  Result<std::vector<SchemaFile>> FilesNamed(std::string_view name) override {
    return Numbered(index_.Named(name));
  }

  Result<std::vector<SchemaFile>> FilesExtending(std::string_view type, std::optional<int> number) override {
    return WithCopies(index_.Extending(type, number));
  }

  Result<std::vector<SchemaFile>> AllFiles() override { return files_; }

  std::vector<Error> Problems() const override { return problems_; }

  void Close() override {}

 private:
  // And the other files of the same names: whoever asks sees when they differ.
  std::vector<SchemaFile> WithCopies(const std::vector<size_t>& numbers) const {
    std::vector<size_t> all = numbers;
    std::set<std::string_view> names;
    for (const size_t number : numbers) {
      if (!names.insert(files_[number].name).second) continue;
      const std::vector<size_t> copies = index_.Named(files_[number].name);
      std::ranges::remove_copy_if(copies, std::back_inserter(all),
                                  [&](size_t copy) { return std::ranges::binary_search(numbers, copy); });
    }
    return Numbered(all);
  }

  std::vector<SchemaFile> Numbered(const std::vector<size_t>& numbers) const {
    std::vector<SchemaFile> files;
    for (const size_t number : numbers) files.push_back(files_[number]);
    return files;
  }

  const std::string name_;
  std::vector<SchemaFile> files_;
  FileIndex index_;
  std::vector<Error> problems_;
};

std::string NameOf(std::span<const std::string> paths) {
  return paths.size() == 1 ? fmt::format("the descriptor set '{}'", SafeText(paths.front()))
                           : "the descriptor sets";
}

// What somebody who gave `bytes` for a descriptor set has probably done.
std::string HintFor(std::string_view bytes, const std::string& path) {
  if (path.ends_with(".proto")) return "--proto takes .proto files";
  if (bytes.starts_with(kGzipMagic)) return "it is compressed: gunzip it first";
  if (bytes.starts_with('{')) return "it looks like JSON; a descriptor set is in protobuf's binary form";
  return "protoc --include_imports --descriptor_set_out=FILE makes one";
}

Error NoDescriptorSet(std::string_view bytes, const std::string& path) {
  return {ErrorKind::kSchema, fmt::format("'{}' is not a descriptor set", SafeText(path)),
          HintFor(bytes, path)};
}

Error TooLarge(const std::string& path) {
  return {ErrorKind::kSchema, fmt::format("'{}': {}", SafeText(path), kTooManyBytes)};
}

// Not more than `limit` bytes of them.
Result<std::string> ReadSet(const std::string& path, uint64_t limit) {
  std::error_code failure;
  const uintmax_t size = std::filesystem::file_size(path, failure);
  if (!failure && size > limit) return TooLarge(path);
  return ReadRegularFile(path, limit);
}

}  // namespace

Result<std::unique_ptr<SchemaSource>> OpenDescriptorSets(std::span<const std::string> paths) {
  auto source = std::make_unique<DescriptorSetSource>(NameOf(paths));
  uint64_t left = kMaxDescriptorBytes;
  for (const std::string& path : paths) {
    const Result<std::string> bytes = ReadSet(path, left);
    if (!bytes) return bytes.error();
    left -= bytes->size();
    const auto files = SplitDescriptorSet(*bytes);
    if (!files) return NoDescriptorSet(*bytes, path);
    if (files->empty()) {
      return Error{ErrorKind::kSchema, fmt::format("the descriptor set '{}' holds no files", SafeText(path)),
                   HintFor(*bytes, path)};
    }
    if (source->Add(path, *files) == 0) return NoDescriptorSet(*bytes, path);
  }
  return std::unique_ptr<SchemaSource>(std::move(source));
}

}  // namespace rpcctl
