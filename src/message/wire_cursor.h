// Reads tags and values of protobuf's wire format one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rpcctl {

enum class WireType : uint8_t {
  kVarint = 0,
  kFixed64 = 1,
  kBytes = 2,  // length-delimited
  kStartGroup = 3,
  kEndGroup = 4,
  kFixed32 = 5,
};

struct WireTag {
  uint32_t number;  // 1 to 2^29 - 1
  WireType type;
};

// A position in borrowed wire bytes. Each reader moves behind what it read, or stays and returns nothing when
// that is cut short or malformed.
class WireCursor {
 public:
  explicit WireCursor(std::string_view wire) : wire_(wire), end_(wire.size()) {}

  // A cursor over `part`, bytes that this one has read: its positions count from the same beginning.
  WireCursor Inside(std::string_view part) const;
  // A cursor over what lies between two positions of this one.
  WireCursor Between(size_t begin, size_t end) const;

  bool AtEnd() const { return at_ == end_; }
  // In bytes, from the beginning of the outermost message.
  size_t position() const { return at_; }

  std::optional<WireTag> ReadTag();
  std::optional<uint64_t> ReadVarint();
  std::optional<std::string_view> ReadBytes();  // length-delimited
  // Moves behind a fixed-width value; false when fewer bytes are left.
  bool SkipFixed(size_t width);

 private:
  std::string_view wire_;
  size_t at_ = 0;
  size_t end_;
};

}  // namespace rpcctl
