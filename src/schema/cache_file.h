// One file of the schema cache, opened: its index is read, its descriptors are when they are asked for.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/private_folder.h"
#include "base/result.h"
#include "schema/cache_key.h"
#include "schema/schema_record.h"

namespace rpcctl {

// What is known of a method without its descriptor.
struct CachedMethod {
  std::string service;  // with its package
  std::string method;
  std::string signature;  // "(HelloRequest) returns (stream HelloReply)"
  std::string comment;    // of the source, perhaps cut; "" for none
};

// Owns the file; what it says does not change while it is open. Its names are those of a server, unchecked.
class CacheFile final {
 public:
  // Errors, all kSchema: damaged, of another version, too large, or of another key.
  static Result<CacheFile> Open(PrivateFile file, const CacheKey& key);
  // The target that the file is about, without reading more.
  static Result<std::string> TargetOf(const PrivateFile& file);

  CacheFile(CacheFile&&) noexcept;
  CacheFile& operator=(CacheFile&&) noexcept;
  ~CacheFile();

  SystemTime written() const;
  // Fully qualified; nullopt where the file does not know what the server offers.
  std::optional<std::vector<std::string>> Services() const;
  // Of every service that the file has, in its order.
  std::vector<CachedMethod> Methods() const;
  // Whether there is nothing more to ask the server for.
  bool IsComplete() const;
  bool IsAbsentSymbol(std::string_view symbol) const;
  bool IsAbsentFile(std::string_view name) const;

  // Files are told by their number.
  size_t file_count() const;
  std::optional<size_t> FileNamed(std::string_view name) const;
  // The file that declares `symbol`, or what is around it; none for more than kMaxQualifiedNameBytes.
  std::optional<size_t> FileDeclaring(std::string_view symbol) const;
  // Those that declare extensions, of whatever.
  std::vector<size_t> FilesExtending() const;
  // A kSchema error where the file is damaged in this place.
  Result<SchemaFile> Read(size_t number) const;
  // Whether it holds this file, byte for byte as far as checksums tell.
  bool Holds(const SchemaFile& file) const;
  // All of it. A kSchema error where any of it is damaged.
  Result<SchemaRecord> ReadAll() const;

 private:
  struct Content;
  explicit CacheFile(std::unique_ptr<Content> content);

  std::unique_ptr<Content> content_;
};

}  // namespace rpcctl
