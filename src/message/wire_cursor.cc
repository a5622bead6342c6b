#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

constexpr int kLongestVarint = 10;

}  // namespace

std::optional<uint64_t> WireCursor::ReadLongVarint() {
  uint64_t value = 0;
  const char* at = at_;
  for (int shift = 0; shift < kLongestVarint * 7 && at < end_; shift += 7) {
    const auto byte = static_cast<uint8_t>(*at++);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      at_ = at;
      return value;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> WireCursor::ReadGroup(uint32_t number, int depth) {
  const char* const begin = at_;
  const char* end = at_;
  for (;; end = at_) {
    const std::optional<WireTag> tag = depth < 0 ? std::nullopt : ReadTag();
    const bool at_end = tag && tag->type == WireType::kEndGroup && tag->number == number;
    if (at_end) return std::string_view(begin, static_cast<size_t>(end - begin));
    if (!tag || !SkipValue(*tag, depth)) {
      at_ = begin;
      return std::nullopt;
    }
  }
}

bool WireCursor::SkipValue(WireTag tag, int depth) {
  switch (tag.type) {
    case WireType::kVarint:
      return ReadVarint().has_value();
    case WireType::kFixed64:
      return SkipFixed(8);
    case WireType::kFixed32:
      return SkipFixed(4);
    case WireType::kBytes:
      return ReadBytes().has_value();
    case WireType::kStartGroup:
      return ReadGroup(tag.number, depth - 1).has_value();
    default:
      return false;
  }
}

}  // namespace rpcctl
