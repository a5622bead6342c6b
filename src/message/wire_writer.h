// Builds the wire bytes of a message front to back, before the lengths of its parts are known.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "message/wire_type.h"

namespace rpcctl {

// A field number and a wire type as they stand on the wire, or another short run of bytes known beforehand.
struct WirePrefix {
  uint64_t bytes = 0;  // the first in the lowest eight bits
  size_t size = 0;     // at most eight

  constexpr void Append(uint8_t byte) { bytes |= uint64_t{byte} << (8 * size++); }
  constexpr void AppendVarint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) Append(static_cast<uint8_t>(value | 0x80));
    Append(static_cast<uint8_t>(value));
  }
};

constexpr WirePrefix MakeTag(uint32_t number, WireType type) {
  WirePrefix tag;
  tag.AppendVarint(uint64_t{number} << 3 | static_cast<uint64_t>(type));
  return tag;
}

// A growing buffer of protobuf wire format. The length of a nested message is written as one byte in its
// place and patched when the message is closed; a longer one is put in when the whole is taken out, so that
// nothing is moved twice however deep the nesting. Keeps its memory from one message to the next.
class WireWriter {
 public:
  // A place to which the writer can go back as long as no enclosing length was closed since.
  struct Mark {
    size_t size = 0;
    size_t lengths = 0;
    size_t open = 0;
    size_t extra = 0;
  };

  void Clear();

  void Varint(uint64_t value) {
    char* at = Room(kLongestVarint);
    while (value >= 0x80) {
      *at++ = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    *at++ = static_cast<char>(value);
    end_ = static_cast<size_t>(at - memory_.get());
  }
  void Tag(const WirePrefix& tag) {
    static_assert(std::endian::native == std::endian::little,
                  "tags and fixed numbers are written as they lie");
    std::memcpy(Room(sizeof tag.bytes), &tag.bytes, sizeof tag.bytes);
    end_ += tag.size;
  }
  void Fixed32(uint32_t value) { std::memcpy(Extend(sizeof value), &value, sizeof value); }
  void Fixed64(uint64_t value) { std::memcpy(Extend(sizeof value), &value, sizeof value); }
  // A length and that many bytes.
  void Bytes(std::string_view bytes);
  // Room for `size` bytes that the caller fills in before the next call.
  char* Extend(size_t size) {
    char* at = Room(size);
    end_ += size;
    return at;
  }

  // Begins and ends what stands behind a length. They nest.
  void Open();
  void Close();

  Mark Here() const { return {end_, lengths_.size(), open_.size(), extra_}; }
  // Forgets what was written since `mark`.
  void Rewind(const Mark& mark);

  // What is written so far; lengths of 128 and more are not in it yet. Ends with the next call.
  const char* data() const { return memory_.get(); }
  size_t size() const { return end_; }

  // Appends the finished bytes to `out`. Every length is closed by then.
  void AppendTo(std::string& out) const;

 private:
  static constexpr size_t kLongestVarint = 10;

  struct OpenLength {
    size_t offset;  // of the one byte kept for it
    size_t extra;   // extra_ when it was opened
    size_t length;  // where it stands in lengths_
  };
  // A length that does not fit into the byte at `offset`, or is not known yet.
  struct Length {
    size_t offset;
    size_t value;
  };

  // At least `size` writable bytes behind the end.
  char* Room(size_t size) {
    if (capacity_ - end_ < size) Grow(size);
    return memory_.get() + end_;
  }
  void Grow(size_t size);

  std::unique_ptr<char[]> memory_;
  size_t capacity_ = 0;
  size_t end_ = 0;
  size_t extra_ = 0;  // bytes that AppendTo puts in for the lengths closed so far
  std::vector<OpenLength> open_;
  std::vector<Length> lengths_;  // in the order of their offsets
};

// How a signed number is spelled for sint32 and sint64: 0, -1, 1, -2... become 0, 1, 2, 3...
constexpr uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

// The number of bytes that WireWriter::Varint writes for `value`.
constexpr size_t VarintSize(uint64_t value) {
  return (static_cast<size_t>(std::bit_width(value | 1)) + 6) / 7;
}

}  // namespace rpcctl
