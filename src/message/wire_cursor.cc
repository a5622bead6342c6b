#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

constexpr int kLongestVarint = 10;
constexpr uint64_t kLargestTag = 0xFFFFFFFF;

}  // namespace

WireCursor WireCursor::Inside(std::string_view part) const {
  const auto begin = static_cast<size_t>(part.data() - wire_.data());
  return Between(begin, begin + part.size());
}

WireCursor WireCursor::Between(size_t begin, size_t end) const {
  WireCursor cursor(wire_);
  cursor.at_ = begin;
  cursor.end_ = end;
  return cursor;
}

std::optional<WireTag> WireCursor::ReadTag() {
  const size_t begin = at_;
  const std::optional<uint64_t> tag = ReadVarint();
  const bool valid =
      tag && *tag <= kLargestTag && *tag >> 3 != 0 && (*tag & 7) <= static_cast<uint64_t>(WireType::kFixed32);
  if (!valid) {
    at_ = begin;
    return std::nullopt;
  }
  return WireTag{static_cast<uint32_t>(*tag >> 3), static_cast<WireType>(*tag & 7)};
}

std::optional<uint64_t> WireCursor::ReadVarint() {
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

std::optional<std::string_view> WireCursor::ReadBytes() {
  const size_t begin = at_;
  const std::optional<uint64_t> length = ReadVarint();
  if (!length || *length > end_ - at_) {
    at_ = begin;
    return std::nullopt;
  }
  const std::string_view bytes = wire_.substr(at_, static_cast<size_t>(*length));
  at_ += bytes.size();
  return bytes;
}

bool WireCursor::SkipFixed(size_t width) {
  if (end_ - at_ < width) return false;
  at_ += width;
  return true;
}

}  // namespace rpcctl
