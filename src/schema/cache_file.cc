#include "schema/cache_file.h"

#include <rpcctl/schema_cache.pb.h>

#include <algorithm>
#include <unordered_map>

#include "schema/cache_format.h"
#include "schema/declared_names.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

using cache::Head;
using cache::Index;

// A file, an index and the head of each.
constexpr uint64_t kMaxFileBytes = kMaxDescriptorBytes + 2 * kMaxSectionBytes;

Error Damaged() {
  return {ErrorKind::kSchema, "the cached schema is damaged, or of another version"};
}

uint32_t FrameAt(std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value |= uint32_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
  return value;
}

// Reads the sections of a file one after the other.
class SectionReader final {
 public:
  explicit SectionReader(const PrivateFile& file) : file_(file) {}

  Result<void> ReadStart() {
    if (file_.size > kMaxFileBytes) return Damaged();
    const Result<std::string> start = file_.Read(0, kCacheFileStart.size());
    if (!start || *start != kCacheFileStart) return Damaged();
    offset_ = kCacheFileStart.size();
    return {};
  }

  Result<void> ReadInto(google::protobuf::MessageLite& section) {
    const Result<std::string> frame = file_.Read(offset_, kSectionFrameBytes);
    if (!frame) return Damaged();
    const uint32_t size = FrameAt(*frame);
    if (size > kMaxSectionBytes) return Damaged();
    const Result<std::string> content = file_.Read(offset_ + kSectionFrameBytes, size);
    if (!content || Checksum(*content) != FrameAt(std::string_view(*frame).substr(4))) return Damaged();
    if (!section.ParseFromString(*content)) return Damaged();
    offset_ += kSectionFrameBytes + size;
    return {};
  }

  uint64_t offset() const { return offset_; }

 private:
  const PrivateFile& file_;
  uint64_t offset_ = 0;
};

template <typename Names>
std::vector<std::string> ToVector(const Names& names) {
  return {names.begin(), names.end()};
}

template <typename Take>
void ForEachLine(std::string_view lines, const Take& take) {
  for (size_t end; (end = lines.find('\n')) != std::string_view::npos; lines.remove_prefix(end + 1))
    take(lines.substr(0, end));
}

}  // namespace

struct CacheFile::Content {
  PrivateFile file;
  Index index = {};
  std::vector<uint64_t> offsets = {};  // of the files, in the file
  std::unordered_map<std::string_view, size_t> names = {};
  // Names at package level; made when the first is asked for.
  std::unordered_map<std::string_view, size_t> declared = {};

  // Where each descriptor lies; they end where the file does.
  bool PlaceFiles(uint64_t offset) {
    if (index.files_size() > static_cast<int>(kMaxSchemaFiles)) return false;
    for (const Index::File& entry : index.files()) {
      if (entry.size() > file.size - offset) return false;
      names.emplace(entry.name(), offsets.size());
      offsets.push_back(offset);
      offset += entry.size();
    }
    return offset == file.size;
  }

  void IndexNames() {
    if (!declared.empty()) return;
    for (int i = 0; i < index.files_size(); ++i) {
      ForEachLine(index.files(i).declared(),
                  [&](std::string_view name) { declared.emplace(name, static_cast<size_t>(i)); });
    }
  }
};

CacheFile::CacheFile(std::unique_ptr<Content> content) : content_(std::move(content)) {}
CacheFile::CacheFile(CacheFile&&) noexcept = default;
CacheFile& CacheFile::operator=(CacheFile&&) noexcept = default;
CacheFile::~CacheFile() = default;

Result<CacheFile> CacheFile::Open(PrivateFile file, const CacheKey& key) {
  auto content = std::make_unique<Content>(Content{std::move(file)});
  SectionReader reader(content->file);
  Head head;
  if (Result<void> read = reader.ReadStart(); !read) return read.error();
  if (Result<void> read = reader.ReadInto(head); !read) return read.error();
  if (head.key() != key.text) return Error{ErrorKind::kSchema, "the cached schema is that of another target"};
  if (Result<void> read = reader.ReadInto(content->index); !read) return read.error();
  if (!content->PlaceFiles(reader.offset())) return Damaged();
  return CacheFile(std::move(content));
}

Result<std::string> CacheFile::TargetOf(const PrivateFile& file) {
  SectionReader reader(file);
  Head head;
  if (Result<void> read = reader.ReadStart(); !read) return read.error();
  if (Result<void> read = reader.ReadInto(head); !read) return read.error();
  return head.target();
}

SystemTime CacheFile::written() const {
  return content_->file.written;
}

std::optional<std::vector<std::string>> CacheFile::Services() const {
  if (!content_->index.services_known()) return std::nullopt;
  return ToVector(content_->index.services());
}

std::vector<CachedMethod> CacheFile::Methods() const {
  std::vector<CachedMethod> methods;
  for (const Index::File& file : content_->index.files()) {
    for (const cache::Method& method : file.methods()) {
      const size_t slash = method.path().rfind('/');
      if (slash == std::string::npos) continue;
      methods.push_back({method.path().substr(0, slash), method.path().substr(slash + 1), method.signature(),
                         method.comment()});
    }
  }
  return methods;
}

bool CacheFile::IsComplete() const {
  return content_->index.is_complete();
}

bool CacheFile::IsAbsentSymbol(std::string_view symbol) const {
  return std::ranges::find(content_->index.absent_symbols(), symbol) !=
         content_->index.absent_symbols().end();
}

bool CacheFile::IsAbsentFile(std::string_view name) const {
  return std::ranges::find(content_->index.absent_files(), name) != content_->index.absent_files().end();
}

size_t CacheFile::file_count() const {
  return content_->offsets.size();
}

std::optional<size_t> CacheFile::FileNamed(std::string_view name) const {
  const auto found = content_->names.find(name);
  return found == content_->names.end() ? std::nullopt : std::optional(found->second);
}

std::optional<size_t> CacheFile::FileDeclaring(std::string_view symbol) const {
  // Each scope is hashed: of a name in megabytes that would take minutes.
  if (symbol.size() > kMaxQualifiedNameBytes) return std::nullopt;
  content_->IndexNames();
  for (std::string_view outer = symbol; !outer.empty(); outer = Scope(outer)) {
    const auto found = content_->declared.find(outer);
    if (found != content_->declared.end()) return found->second;
  }
  return std::nullopt;
}

std::vector<size_t> CacheFile::FilesExtending() const {
  std::vector<size_t> found;
  for (int i = 0; i < content_->index.files_size(); ++i) {
    if (content_->index.files(i).extends()) found.push_back(static_cast<size_t>(i));
  }
  return found;
}

Result<SchemaFile> CacheFile::Read(size_t number) const {
  const Index::File& entry = content_->index.files(static_cast<int>(number));
  Result<std::string> bytes = content_->file.Read(content_->offsets[number], entry.size());
  if (!bytes || Checksum(*bytes) != entry.checksum()) return Damaged();
  return SchemaFile{entry.name(), std::move(*bytes)};
}

bool CacheFile::Holds(const SchemaFile& file) const {
  const std::optional<size_t> number = FileNamed(file.name);
  if (!number) return false;
  const Index::File& entry = content_->index.files(static_cast<int>(*number));
  return entry.size() == file.bytes.size() && entry.checksum() == Checksum(file.bytes);
}

Result<SchemaRecord> CacheFile::ReadAll() const {
  SchemaRecord record;
  record.services = Services();
  for (size_t i = 0; i < file_count(); ++i) {
    Result<SchemaFile> file = Read(i);
    if (!file) return file.error();
    record.files.push_back(std::move(*file));
  }
  for (const std::string& name : content_->index.absent_symbols()) record.absent_symbols.insert(name);
  for (const std::string& name : content_->index.absent_files()) record.absent_files.insert(name);
  return record;
}

}  // namespace rpcctl
