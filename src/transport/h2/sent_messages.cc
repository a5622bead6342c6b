#include "transport/h2/sent_messages.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "transport/deflate.h"

namespace rpcctl {
namespace {

constexpr size_t kFullBytes = 64 * 1024;
// More memory than this is given back: a large message is seldom followed by another.
constexpr size_t kKeptBytes = 1024 * 1024;

}  // namespace

bool SentMessages::Add(std::string_view message) {
  bool is_compressed = false;
  if (compression_ == Compression::kGzip && DeflateGzip(message, compressed_)) {
    is_compressed = compressed_.size() < message.size();
    if (is_compressed) message = compressed_;
  }
  if (message.size() > std::numeric_limits<uint32_t>::max()) return false;
  if (IsEmpty()) {
    bytes_.clear();
    at_ = 0;
    if (bytes_.capacity() > kKeptBytes) bytes_.shrink_to_fit();
  } else if (at_ > bytes_.size() / 2) {
    bytes_.erase(0, at_);
    at_ = 0;
  }
  const auto size = static_cast<uint32_t>(message.size());
  const char prefix[] = {is_compressed ? '\1' : '\0', static_cast<char>(size >> 24),
                         static_cast<char>(size >> 16), static_cast<char>(size >> 8),
                         static_cast<char>(size)};
  bytes_.append(prefix, sizeof prefix);
  bytes_ += message;
  return true;
}

size_t SentMessages::Take(std::span<char> into) {
  const size_t size = std::min(into.size(), bytes_.size() - at_);
  std::memcpy(into.data(), bytes_.data() + at_, size);
  at_ += size;
  return size;
}

bool SentMessages::IsFull() const {
  return bytes_.size() - at_ >= kFullBytes;
}

}  // namespace rpcctl
