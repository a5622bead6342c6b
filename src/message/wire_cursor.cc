#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

constexpr int kLongestVarint = 10;

}  // namespace

bool WireCursor::ReadLongVarint(uint64_t& value) {
  uint64_t read = 0;
  const char* at = at_;
  for (int shift = 0; shift < kLongestVarint * 7 && at < end_; shift += 7) {
    const auto byte = static_cast<uint8_t>(*at++);
    read |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      at_ = at;
      value = read;
      return true;
    }
  }
  return false;
}

bool WireCursor::ReadGroup(uint32_t number, int depth, std::string_view& inside) {
  const char* const begin = at_;
  WireTag tag;
  for (const char* end = at_; depth >= 0 && ReadTag(tag); end = at_) {
    if (tag.type == WireType::kEndGroup && tag.number == number) {
      inside = {begin, static_cast<size_t>(end - begin)};
      return true;
    }
    if (!SkipValue(tag, depth)) break;
  }
  at_ = begin;
  return false;
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
    case WireType::kStartGroup: {
      std::string_view inside;
      return ReadGroup(tag.number, depth - 1, inside);
    }
    default:
      return false;
  }
}

}  // namespace rpcctl
