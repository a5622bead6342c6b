#include "schema/cache_format.h"

#include <zlib.h>

namespace rpcctl {

uint32_t Checksum(std::string_view bytes) {
  const uLong start = crc32(0, nullptr, 0);
  return static_cast<uint32_t>(crc32_z(start, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace rpcctl
