// Bytes that arrive in chunks and are used up from the front.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rpcctl {

// Moves no byte more than once or twice, however small the chunks are.
class FeedBuffer final {
 public:
  void Feed(std::string_view bytes) {
    if (begin_ > 0 && begin_ >= bytes_.size() - begin_) {
      bytes_.erase(0, begin_);
      begin_ = 0;
    }
    bytes_ += bytes;
  }
  // What was not used up yet; good until Feed.
  std::string_view rest() const { return std::string_view(bytes_).substr(begin_); }
  void Use(size_t size) { begin_ += size; }

 private:
  std::string bytes_;
  size_t begin_ = 0;
};

}  // namespace rpcctl
