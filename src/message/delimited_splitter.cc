#include "message/delimited_splitter.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/size.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestVarint = 10;  // bytes, for 64 bits

struct Length {
  enum class State { kWhole, kCutShort, kTooLong } state = State::kCutShort;
  uint64_t value = 0;
  size_t size = 0;  // of the varint itself
};

Length ReadLength(std::string_view bytes) {
  Length length;
  for (const char c : bytes.substr(0, kLongestVarint)) {
    const uint64_t bits = static_cast<unsigned char>(c) & 0x7F;
    if (length.size + 1 == kLongestVarint && bits > 1) break;
    length.value |= bits << (7 * length.size++);
    if ((static_cast<unsigned char>(c) & 0x80) != 0) continue;
    length.state = Length::State::kWhole;
    return length;
  }
  if (bytes.size() >= kLongestVarint) length.state = Length::State::kTooLong;
  return length;
}

}  // namespace

Error DelimitedSplitter::Broken(std::string_view what) const {
  return {ErrorKind::kInput, fmt::format("byte {}: the message that begins here {}", offset_, what),
          "binary data is one message after another, each after its length as a varint"};
}

Result<std::optional<Document>> DelimitedSplitter::Next() {
  const std::string_view rest = buffer_.rest();
  const Length length = ReadLength(rest);
  if (length.state == Length::State::kTooLong) return Broken("has no valid length");
  const bool known = length.state == Length::State::kWhole;
  if (known && length.value > limit_) {
    return Broken(fmt::format("says that it has {} bytes, more than {}", length.value, FormatSize(limit_)));
  }
  if (known && rest.size() - length.size >= length.value) {
    const size_t size = static_cast<size_t>(length.value);
    const Document document{rest.substr(length.size, size), ++number_};
    buffer_.Use(length.size + size);
    offset_ += length.size + size;
    return std::optional<Document>(document);
  }
  if (finished_ && !rest.empty()) return Broken("is cut short by the end of the input");
  return std::optional<Document>();
}

}  // namespace rpcctl
