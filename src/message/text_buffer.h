// A growing text that is written without a call for each piece of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace rpcctl {

// Keeps its memory when it is cut short, so that one buffer serves a stream of documents. What std::string
// does, but everything is inline and room that is to be overwritten is not cleared first.
class TextBuffer final {
 public:
  // At least `size` bytes behind the end, to be filled in before Advance.
  char* Room(size_t size) {
    if (capacity_ - size_ < size) Grow(size);
    return memory_.get() + size_;
  }
  // Ends the text at `end`, within the room that was asked for last.
  void Advance(const char* end) { size_ = static_cast<size_t>(end - memory_.get()); }

  TextBuffer& operator+=(char c) {
    *Room(1) = c;
    ++size_;
    return *this;
  }
  TextBuffer& operator+=(std::string_view text) {
    if (!text.empty()) std::memcpy(Room(text.size()), text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  void append(size_t count, char c) {
    std::memset(Room(count), c, count);
    size_ += count;
  }

  // Cuts the text short.
  void resize(size_t size) { size_ = size; }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  std::string_view view() const { return {memory_.get(), size_}; }

 private:
  static constexpr size_t kFirstCapacity = 1024;

  void Grow(size_t size) {
    const size_t wanted = std::max({size_ + size, capacity_ * 2, kFirstCapacity});
    auto larger = std::make_unique_for_overwrite<char[]>(wanted);
    if (size_ > 0) std::memcpy(larger.get(), memory_.get(), size_);
    memory_ = std::move(larger);
    capacity_ = wanted;
  }

  std::unique_ptr<char[]> memory_;
  size_t capacity_ = 0;
  size_t size_ = 0;
};

}  // namespace rpcctl
