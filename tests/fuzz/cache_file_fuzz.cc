// A file of the schema cache, as it lies there, or with the checksums put right that would keep the rest from
// being read.
#include <rpcctl/schema_cache.pb.h>
#include <sys/mman.h>
#include <unistd.h>

#include "schema/cache_file.h"
#include "schema/cache_format.h"
#include "schema/cached_source.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/schema_walk.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

const CacheKey kKey{"h:1", "target 3 h:1\n"};

void AppendNumber(size_t value, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
}

void AppendSection(std::string_view content, std::string& bytes) {
  AppendNumber(content.size(), bytes);
  AppendNumber(Checksum(content), bytes);
  bytes += content;
}

// `input` is the length of an index in two bytes, the index, and descriptors.
std::string PutRight(FuzzInput& input) {
  const size_t low = input.Byte();
  const size_t size = low | size_t{input.Byte()} << 8;
  std::string_view rest = input.rest();
  cache::Index index;
  if (!index.ParseFromString(std::string(rest.substr(0, size)))) return "";
  rest.remove_prefix(std::min(size, rest.size()));
  std::string descriptors(rest);
  for (cache::Index::File& file : *index.mutable_files()) {
    const std::string_view bytes = rest.substr(0, static_cast<size_t>(file.size()));
    file.set_size(bytes.size());
    file.set_checksum(Checksum(bytes));
    rest.remove_prefix(bytes.size());
  }
  descriptors.resize(descriptors.size() - rest.size());
  cache::Head head;
  head.set_key(kKey.text);
  std::string bytes(kCacheFileStart);
  AppendSection(head.SerializeAsString(), bytes);
  AppendSection(index.SerializeAsString(), bytes);
  return bytes + descriptors;
}

Result<CacheFile> OpenBytes(std::string_view bytes) {
  OwnedDescriptor file(memfd_create("cache", MFD_CLOEXEC));
  Require(write(file.value(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "no file");
  return CacheFile::Open({std::move(file), bytes.size(), SystemTime()}, kKey);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzInput input(data, size);
  const bool as_it_is = input.Byte() == 0;
  Result<CacheFile> opened = OpenBytes(as_it_is ? std::string(input.rest()) : PutRight(input));
  if (!opened) return 0;
  const auto file = std::make_shared<const CacheFile>(std::move(*opened));
  for (const CachedMethod& method : file->Methods()) {
    const std::optional<size_t> number = file->FileDeclaring(method.service);
    Require(!number || *number < file->file_count(), "a file that there is not", method.service);
  }
  if (const Result<SchemaRecord> all = file->ReadAll()) {
    Require(all->files.size() == file->file_count(), "a file is missing");
  }
  WalkSchema(OpenCachedSchema(file, nullptr), "");
  return 0;
}
