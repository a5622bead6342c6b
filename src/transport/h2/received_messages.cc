#include "transport/h2/received_messages.h"

namespace rpcctl {
namespace {

constexpr size_t kPrefixSize = 5;
// More memory than this is given back once it is empty: a large message is seldom followed by another.
constexpr size_t kKeptBytes = 1024 * 1024;

struct Prefix {
  bool is_whole = false;
  bool is_compressed = false;
  uint64_t size = 0;
};

Prefix ReadPrefix(std::string_view bytes) {
  if (bytes.size() < kPrefixSize) return {};
  uint64_t size = 0;
  for (size_t i = 1; i < kPrefixSize; ++i) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return {true, bytes[0] != 0, size};
}

}  // namespace

void ReceivedMessages::Add(std::string_view bytes) {
  if (at_ == held_.size()) {
    Clear();
  } else if (at_ > held_.size() / 2) {
    held_.erase(0, at_);
    at_ = 0;
  }
  held_ += bytes;
}

ReceivedMessages::Taken ReceivedMessages::Take(uint64_t limit) {
  const std::string_view rest = std::string_view(held_).substr(at_);
  const Prefix prefix = ReadPrefix(rest);
  if (!prefix.is_whole) return {};
  if (prefix.size > limit) return {Taken::State::kTooLarge, {}, prefix.is_compressed, prefix.size};
  if (rest.size() - kPrefixSize < prefix.size) return {};
  at_ += kPrefixSize + static_cast<size_t>(prefix.size);
  const std::string_view message = rest.substr(kPrefixSize, static_cast<size_t>(prefix.size));
  return {Taken::State::kMessage, message, prefix.is_compressed, prefix.size};
}

bool ReceivedMessages::HasNext(uint64_t limit) const {
  const std::string_view rest = std::string_view(held_).substr(at_);
  const Prefix prefix = ReadPrefix(rest);
  return prefix.is_whole && (prefix.size > limit || rest.size() - kPrefixSize >= prefix.size);
}

uint64_t ReceivedMessages::SizeOfRest(uint64_t* expected) const {
  std::string_view rest = std::string_view(held_).substr(at_);
  for (;;) {
    const Prefix prefix = ReadPrefix(rest);
    if (expected != nullptr) *expected = prefix.is_whole ? prefix.size + kPrefixSize : 0;
    if (!prefix.is_whole || rest.size() - kPrefixSize < prefix.size) return rest.size();
    rest.remove_prefix(kPrefixSize + static_cast<size_t>(prefix.size));
  }
}

void ReceivedMessages::Clear() {
  held_.clear();
  at_ = 0;
  if (held_.capacity() > kKeptBytes) held_.shrink_to_fit();
}

}  // namespace rpcctl
