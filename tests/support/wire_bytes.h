// Wire bytes put together by hand, for messages that no serializer writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rpcctl {

inline std::string WireVarint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  bytes += static_cast<char>(value);
  return bytes;
}

// `type` is 0 varint, 1 fixed64, 2 length-delimited, 3 group start, 4 group end, 5 fixed32.
inline std::string WireTagBytes(uint32_t number, uint32_t type) {
  return WireVarint(uint64_t{number} << 3 | type);
}

inline std::string WireLengthDelimited(uint32_t number, std::string_view content) {
  std::string bytes = WireTagBytes(number, 2);
  bytes += WireVarint(content.size());
  return bytes.append(content);
}

// `content` inside `depth` messages, each the field `number` of the one around it.
inline std::string WireNested(uint32_t number, int depth, std::string content = "") {
  for (int i = 0; i < depth; ++i) content = WireLengthDelimited(number, content);
  return content;
}

// As WireNested, in groups.
inline std::string WireNestedGroups(uint32_t number, int depth) {
  std::string begin, end;
  for (int i = 0; i < depth; ++i) {
    begin += WireTagBytes(number, 3);
    end += WireTagBytes(number, 4);
  }
  return begin.append(end);
}

}  // namespace rpcctl
