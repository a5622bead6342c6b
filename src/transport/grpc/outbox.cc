#include "transport/grpc/outbox.h"

#include <utility>

#include "transport/grpc/byte_buffer.h"

namespace rpcctl {
namespace {

constexpr size_t kBatchMessages = 256;
constexpr size_t kBatchBytes = 64 * 1024;
// More memory than this is given back: a large message is seldom followed by another.
constexpr size_t kKeptBytes = 1024 * 1024;

}  // namespace

bool Outbox::Batch::IsFull() const {
  return messages.size() >= kBatchMessages || bytes.size() >= kBatchBytes;
}

void Outbox::Batch::Clear() {
  messages.clear();
  bytes.clear();
  if (bytes.capacity() > kKeptBytes) bytes.shrink_to_fit();
}

void Outbox::Attach(Stream& stream, void* tag) {
  stream_ = &stream;
  tag_.store(tag, std::memory_order_release);
}

void Outbox::Detach() {
  stream_ = nullptr;
  tag_.store(nullptr, std::memory_order_release);
}

Outbox::Added Outbox::Add(std::string_view message, Next next) {
  Added added;
  {
    const std::lock_guard lock(mutex_);
    waiting_.messages.push_back({message.size(), next});
    waiting_.bytes += message;
    added.begins_run = !std::exchange(runs_, true);
    if (added.begins_run) std::swap(leaving_, waiting_);
    added.has_room = !waiting_.IsFull();
    // When nobody knows what follows, the end of the run is waited for, not room.
    needs_room_ = !added.has_room && next == Next::kMessage;
  }
  if (added.begins_run) Submit();
  return added;
}

Outbox::Progress Outbox::WroteOne(bool ok) {
  Progress progress = Progress::kMore;
  if (!ok || next_ == leaving_.messages.size()) {
    leaving_.Clear();
    next_ = at_ = 0;
    const std::lock_guard lock(mutex_);
    if (!ok) waiting_.Clear();
    std::swap(leaving_, waiting_);
    runs_ = !leaving_.messages.empty();
    if (!runs_) return Progress::kAll;
    if (std::exchange(needs_room_, false)) progress = Progress::kRoom;
  }
  Submit();
  return progress;
}

void Outbox::Submit() {
  const Message message = leaving_.messages[next_++];
  grpc::WriteOptions options;
  if (message.next == Next::kMessage) options.set_buffer_hint();
  const grpc::ByteBuffer buffer = ToByteBuffer(std::string_view(leaving_.bytes).substr(at_, message.size));
  at_ += message.size;
  stream_->Write(buffer, options, tag_.load(std::memory_order_relaxed));
}

}  // namespace rpcctl
