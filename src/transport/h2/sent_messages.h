// The messages of a call on their way out, as the bytes of its stream.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "transport/compression.h"

namespace rpcctl {

// Messages in, bytes out, however many are wanted at a time.
class SentMessages final {
 public:
  // kGzip compresses each message that gets smaller by it.
  explicit SentMessages(Compression compression) : compression_(compression) {}

  // False, with nothing added, for a message that the four bytes of length cannot tell.
  bool Add(std::string_view message);
  // Moves as many bytes as there are and fit; their number.
  size_t Take(std::span<char> into);
  bool IsEmpty() const { return at_ == bytes_.size(); }
  // Whether so much waits that no more should be added for now.
  bool IsFull() const;

 private:
  const Compression compression_;
  std::string bytes_;
  size_t at_ = 0;
  std::string compressed_;
};

}  // namespace rpcctl
