#include "schema/cache_key.h"

#include <fmt/format.h>

#include <cstdint>

namespace rpcctl {

std::string CacheKey::FileName() const {
  // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv.
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

}  // namespace rpcctl
