#include "message/wire_writer.h"

#include <algorithm>

namespace rpcctl {
namespace {

constexpr size_t kFirstCapacity = 1024;

void AppendVarint(uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

}  // namespace

void WireWriter::Clear() {
  end_ = 0;
  extra_ = 0;
  open_.clear();
  lengths_.clear();
}

void WireWriter::Bytes(std::string_view bytes) {
  Varint(bytes.size());
  if (!bytes.empty()) std::memcpy(Extend(bytes.size()), bytes.data(), bytes.size());
}

void WireWriter::Open() {
  open_.push_back({end_, extra_, lengths_.size()});
  lengths_.push_back({end_, 0});
  *Extend(1) = 0;
}

void WireWriter::Close() {
  const OpenLength opened = open_.back();
  open_.pop_back();
  const size_t length = end_ - opened.offset - 1 + (extra_ - opened.extra);
  if (length < 0x80) {
    // Whatever was opened inside is shorter still and is gone already, so this one is the last.
    memory_[opened.offset] = static_cast<char>(length);
    lengths_.pop_back();
    return;
  }
  lengths_[opened.length].value = length;
  extra_ += VarintSize(length) - 1;
}

void WireWriter::Rewind(const Mark& mark) {
  end_ = mark.size;
  extra_ = mark.extra;
  lengths_.resize(mark.lengths);
  open_.resize(mark.open);
}

void WireWriter::AppendTo(std::string& out) const {
  if (end_ == 0) return;
  out.reserve(out.size() + end_ + extra_);
  size_t done = 0;
  for (const Length& length : lengths_) {
    out.append(memory_.get() + done, length.offset - done);
    AppendVarint(length.value, out);
    done = length.offset + 1;
  }
  out.append(memory_.get() + done, end_ - done);
}

void WireWriter::Grow(size_t size) {
  const size_t wanted = std::max({end_ + size, capacity_ * 2, kFirstCapacity});
  auto larger = std::make_unique_for_overwrite<char[]>(wanted);
  if (end_ > 0) std::memcpy(larger.get(), memory_.get(), end_);
  memory_ = std::move(larger);
  capacity_ = wanted;
}

}  // namespace rpcctl
