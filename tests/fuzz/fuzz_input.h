// The bytes of a fuzzer, taken apart: choices first, the rest is what is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rpcctl::fuzz {

class FuzzInput {
 public:
  FuzzInput(const uint8_t* bytes, size_t size) : rest_(reinterpret_cast<const char*>(bytes), size) {}

  // The next byte; 0 at the end.
  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  // What stands before the next `end`, which is dropped; all where there is none.
  std::string_view Until(char end) {
    const size_t size = rest_.find(end);
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size == std::string_view::npos ? rest_.size() : size + 1);
    return part;
  }
  std::string_view rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace rpcctl::fuzz
