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
  uint32_t number = 0;  // 1 to 2^29 - 1
  WireType type = WireType::kVarint;
};

// A position in borrowed wire bytes. Each reader moves behind what it read, or stays and returns false or
// nothing when that is cut short or malformed. Everything small is inline: messages are read by it a million
// times a second.
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

  // Into a place of the caller's: an optional, put together and taken apart again, takes longer than the
  // reading.
  bool ReadTag(WireTag& tag);
  bool ReadVarint(uint64_t& value) {
    if (at_ < end_ && static_cast<uint8_t>(*at_) < 0x80) {
      value = static_cast<uint8_t>(*at_++);
      return true;
    }
    return ReadLongVarint(value);
  }
  bool ReadBytes(std::string_view& bytes);  // length-delimited
  // A number of four or eight bytes.
  template <typename Fixed>
  bool ReadFixed(Fixed& value) {
    static_assert(std::endian::native == std::endian::little, "fixed numbers are read as they lie");
    if (left() < sizeof value) return false;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return true;
  }
  // What is inside group `number`, whose beginning was read; false when more than `depth` groups stand inside
  // each other in it.
  bool ReadGroup(uint32_t number, int depth, std::string_view& inside);
  // The same for those who have time.
  std::optional<WireTag> ReadTag() {
    return Read<WireTag>([this](WireTag& tag) { return ReadTag(tag); });
  }
  std::optional<uint64_t> ReadVarint() {
    return Read<uint64_t>([this](uint64_t& value) { return ReadVarint(value); });
  }
  std::optional<std::string_view> ReadBytes() {
    return Read<std::string_view>([this](std::string_view& bytes) { return ReadBytes(bytes); });
  }

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
  // In bytes: protobuf's parsers read no further, whatever the bytes behind that would say.
  static constexpr int kLongestTag = 5;
  static constexpr int kLongestLength = 5;

  size_t left() const { return static_cast<size_t>(end_ - at_); }
  bool ReadLongVarint(uint64_t& value);

  template <typename Value, typename Reader>
  static std::optional<Value> Read(Reader reader) {
    Value value{};
    if (!reader(value)) return std::nullopt;
    return value;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
};

inline bool WireCursor::ReadTag(WireTag& tag) {
  const char* const begin = at_;
  uint64_t bits = 0;
  const bool valid = ReadVarint(bits) && bits <= kLargestTag && at_ - begin <= kLongestTag &&
                     bits >> 3 != 0 && (bits & 7) <= static_cast<uint64_t>(WireType::kFixed32);
  if (!valid) {
    at_ = begin;
    return false;
  }
  tag.number = static_cast<uint32_t>(bits >> 3);
  tag.type = static_cast<WireType>(bits & 7);
  return true;
}

inline bool WireCursor::ReadBytes(std::string_view& bytes) {
  const char* const begin = at_;
  uint64_t length = 0;
  if (!ReadVarint(length) || length > left() || at_ - begin > kLongestLength) {
    at_ = begin;
    return false;
  }
  bytes = {at_, static_cast<size_t>(length)};
  at_ += length;
  return true;
}

}  // namespace rpcctl
