// Reads tags and values of protobuf's wire format one after the other.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "message/wire_type.h"

namespace rpcctl {

struct WireTag {
  uint32_t number;  // 1 to 2^29 - 1
  WireType type;
};

// A position in borrowed wire bytes. Each reader moves behind what it read, or stays and returns nothing when
// that is cut short or malformed. Everything small is inline: messages are read by it a million times a
// second.
class WireCursor {
 public:
  explicit WireCursor(std::string_view wire)
      : begin_(wire.data()), at_(wire.data()), end_(wire.data() + wire.size()) {}

  // A cursor over `part`, bytes that this one has read: its positions count from the same beginning.
  WireCursor Inside(std::string_view part) const {
    const auto begin = static_cast<size_t>(part.data() - begin_);
    return Between(begin, begin + part.size());
  }
  // A cursor over what lies between two positions of this one.
  WireCursor Between(size_t begin, size_t end) const {
    WireCursor cursor = *this;
    cursor.at_ = begin_ + begin;
    cursor.end_ = begin_ + end;
    return cursor;
  }

  bool AtEnd() const { return at_ == end_; }
  // In bytes, from the beginning of the outermost message.
  size_t position() const { return static_cast<size_t>(at_ - begin_); }

  std::optional<WireTag> ReadTag();
  std::optional<uint64_t> ReadVarint() {
    if (at_ < end_ && static_cast<uint8_t>(*at_) < 0x80) return static_cast<uint8_t>(*at_++);
    return ReadLongVarint();
  }
  std::optional<std::string_view> ReadBytes();  // length-delimited
  std::optional<uint32_t> ReadFixed32() { return ReadFixed<uint32_t>(); }
  std::optional<uint64_t> ReadFixed64() { return ReadFixed<uint64_t>(); }
  // What is inside group `number`, whose beginning was read; nothing when more than `depth` groups stand
  // inside each other in it.
  std::optional<std::string_view> ReadGroup(uint32_t number, int depth);
  // Moves behind the value of a field whose tag was read; false, with the position anywhere, when it is
  // malformed or holds more than `depth` groups inside each other.
  bool SkipValue(WireTag tag, int depth);
  // Moves behind a fixed-width value; false when fewer bytes are left.
  bool SkipFixed(size_t width) {
    if (left() < width) return false;
    at_ += width;
    return true;
  }

 private:
  static constexpr uint64_t kLargestTag = 0xFFFFFFFF;

  size_t left() const { return static_cast<size_t>(end_ - at_); }
  std::optional<uint64_t> ReadLongVarint();

  template <typename Fixed>
  std::optional<Fixed> ReadFixed() {
    static_assert(std::endian::native == std::endian::little, "fixed numbers are read as they lie");
    if (left() < sizeof(Fixed)) return std::nullopt;
    Fixed value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
};

inline std::optional<WireTag> WireCursor::ReadTag() {
  const char* begin = at_;
  const std::optional<uint64_t> tag = ReadVarint();
  const bool valid =
      tag && *tag <= kLargestTag && *tag >> 3 != 0 && (*tag & 7) <= static_cast<uint64_t>(WireType::kFixed32);
  if (!valid) {
    at_ = begin;
    return std::nullopt;
  }
  return WireTag{static_cast<uint32_t>(*tag >> 3), static_cast<WireType>(*tag & 7)};
}

inline std::optional<std::string_view> WireCursor::ReadBytes() {
  const char* begin = at_;
  const std::optional<uint64_t> length = ReadVarint();
  if (!length || *length > left()) {
    at_ = begin;
    return std::nullopt;
  }
  const std::string_view bytes(at_, static_cast<size_t>(*length));
  at_ += bytes.size();
  return bytes;
}

}  // namespace rpcctl
