#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

constexpr int kLongestVarint = 10;

}  // namespace

std::optional<uint64_t> WireCursor::ReadLongVarint() {
  uint64_t value = 0;
  size_t at = at_;
  for (int i = 0; i < kLongestVarint && at < end_; ++i) {
    const auto byte = static_cast<uint8_t>(wire_[at++]);
    value |= static_cast<uint64_t>(byte & 0x7F) << (7 * i);
    if (byte < 0x80) {
      at_ = at;
      return value;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> WireCursor::ReadGroup(uint32_t number, int depth) {
  const size_t begin = at_;
  size_t end = at_;
  for (;; end = at_) {
    const std::optional<WireTag> tag = depth < 0 ? std::nullopt : ReadTag();
    const bool at_end = tag && tag->type == WireType::kEndGroup && tag->number == number;
    if (at_end) return wire_.substr(begin, end - begin);
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
