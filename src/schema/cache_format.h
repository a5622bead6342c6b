// The form of one file of the schema cache, which CacheFile reads and SerializeCacheFile writes.
//
//   "rpcctl schema cache 1\n"     another version has another first line, and is no cache
//   head                          a section: rpcctl.cache.Head
//   index                         a section: rpcctl.cache.Index
//   descriptors                   serialized FileDescriptorProtos one behind another, and nothing behind them
//
// A section is its length and the CRC-32 of its bytes, both as 32 bits with the lowest byte first, and then
// the bytes. Each descriptor has its checksum in the index, so that reading one reads no other.
//
// The checksums are against damage: a disk, a crash, a copy that was cut. Whoever wants to deceive can
// compute them too; against that one the folder is closed to other users, and what the file says is checked
// as if a server had said it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rpcctl {

inline constexpr std::string_view kCacheFileStart = "rpcctl schema cache 1\n";

// Of one section: the length and the checksum before it, and what it may have. A schema of 32 MiB has an
// index of about 3 MiB.
inline constexpr size_t kSectionFrameBytes = 8;
inline constexpr size_t kMaxSectionBytes = 16u << 20;

// CRC-32, as zlib and PNG have it.
uint32_t Checksum(std::string_view bytes);

}  // namespace rpcctl
