#include "transport/grpc/queue_thread.h"

#include <grpc/support/time.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "transport/grpc/blocked_signals.h"

namespace rpcctl {
namespace {

// A batch is handed over when the core has nothing more at hand, or at this size.
constexpr size_t kBatchEvents = 256;
constexpr size_t kBatchBytes = 64 * 1024;
// More memory than this is given back: a large message is seldom followed by another.
constexpr size_t kKeptBytes = 1024 * 1024;

// What waits in one batch.
struct Entry {
  void* tag;
  bool ok;
  QueueThread::Kind kind = QueueThread::Kind::kDone;
  Compression compression = Compression::kNone;
  size_t size = 0;  // of the message
};

// Events, and the messages among them end to end: copied out of the core's slices, small messages pin
// nothing.
struct Batch {
  std::vector<Entry> entries;
  std::string bytes;

  bool IsFull() const { return entries.size() >= kBatchEvents || bytes.size() >= kBatchBytes; }
  void Append(const Batch& more) {
    entries.insert(entries.end(), more.entries.begin(), more.entries.end());
    bytes += more.bytes;
  }
  void Clear() {
    entries.clear();
    bytes.clear();
    if (bytes.capacity() > kKeptBytes) bytes.shrink_to_fit();
  }
};

}  // namespace

struct QueueThread::Shared {
  explicit Shared(grpc::CompletionQueue& completion_queue) : queue(completion_queue) {}

  void Run();
  bool Take(void** tag, bool* ok);
  void Add(void* tag, bool ok);
  void AddWritten(void* tag, bool ok);
  void AddRead(void* tag);
  void Publish();

  grpc::CompletionQueue& queue;

  // The stream that is read. `stream` and `incoming` belong to whoever may begin the next read.
  std::atomic<void*> reading_tag = nullptr;
  Stream* stream = nullptr;
  grpc::ByteBuffer incoming;

  Outbox outbox;

  // The thread's alone.
  Batch collected;
  std::string pieces;

  std::mutex mutex;
  std::condition_variable changed;
  Batch ready;         // guarded by the mutex
  bool ended = false;  // guarded by the mutex

  // The user's alone.
  Batch taken;
  size_t next = 0;  // of the entries taken
  size_t at = 0;    // where its bytes begin

  std::thread thread;
};

void QueueThread::Shared::Run() {
  BlockSignals();
  void* tag = nullptr;
  bool ok = false;
  while (Take(&tag, &ok)) {
    Add(tag, ok);
    if (collected.IsFull()) Publish();
  }
  const std::lock_guard lock(mutex);
  ended = true;
  changed.notify_all();
}

// The next event of the queue; false when it is shut down. What was collected is handed over before it waits.
bool QueueThread::Shared::Take(void** tag, bool* ok) {
  const auto status = queue.AsyncNext(tag, ok, gpr_inf_past(GPR_CLOCK_MONOTONIC));
  if (status == grpc::CompletionQueue::GOT_EVENT) return true;
  Publish();
  return status == grpc::CompletionQueue::TIMEOUT && queue.Next(tag, ok);
}

void QueueThread::Shared::Add(void* tag, bool ok) {
  if (outbox.IsTag(tag)) return AddWritten(tag, ok);
  const bool is_read = tag == reading_tag.load(std::memory_order_acquire);
  if (is_read && ok) return AddRead(tag);
  // Another stream may be read from now on, by plain operations that have the same tag.
  if (is_read) reading_tag.store(nullptr, std::memory_order_release);
  collected.entries.push_back({tag, ok});
}

void QueueThread::Shared::AddWritten(void* tag, bool ok) {
  const Outbox::Progress progress = outbox.WroteOne(ok);
  if (progress == Outbox::Progress::kAll) collected.entries.push_back({tag, ok});
  if (progress != Outbox::Progress::kRoom) return;
  collected.entries.push_back({tag, ok, Kind::kRoom});
  Publish();  // the next message may be written at once, so that the queue is never seen empty
}

void QueueThread::Shared::AddRead(void* tag) {
  const ReceivedBytes received = BytesOf(incoming, pieces);
  collected.bytes += received.bytes;
  collected.entries.push_back({tag, true, Kind::kMessage, received.compression, received.bytes.size()});
  stream->Read(&incoming, tag);
}

// Waits while what was handed over before is much and was not taken.
void QueueThread::Shared::Publish() {
  if (collected.entries.empty()) return;
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return !ready.IsFull(); });
  if (ready.entries.empty()) {
    std::swap(ready, collected);
  } else {
    ready.Append(collected);
  }
  collected.Clear();
  changed.notify_all();
}

QueueThread::QueueThread(grpc::CompletionQueue& queue) : shared_(std::make_unique<Shared>(queue)) {
  shared_->thread = std::thread([shared = shared_.get()] { shared->Run(); });
}

QueueThread::~QueueThread() {
  shared_->thread.join();
}

Outbox& QueueThread::outbox() {
  return shared_->outbox;
}

void QueueThread::Read(Stream& stream, void* tag) {
  shared_->stream = &stream;
  shared_->reading_tag.store(tag, std::memory_order_release);
  stream.Read(&shared_->incoming, tag);
}

std::optional<QueueThread::Event> QueueThread::Next(TimePoint until) {
  Shared& shared = *shared_;
  if (shared.next == shared.taken.entries.size()) {
    shared.taken.Clear();
    shared.next = shared.at = 0;
    std::unique_lock lock(shared.mutex);
    const auto has_more = [&] { return !shared.ready.entries.empty() || shared.ended; };
    if (until == TimePoint::max()) {
      shared.changed.wait(lock, has_more);
    } else if (until != TimePoint::min()) {
      shared.changed.wait_until(lock, until, has_more);
    }
    if (shared.ready.entries.empty()) return std::nullopt;
    std::swap(shared.taken, shared.ready);
    shared.changed.notify_all();
  }
  const Entry& entry = shared.taken.entries[shared.next++];
  Event event{entry.tag, entry.ok, entry.kind};
  event.message = {std::string_view(shared.taken.bytes).substr(shared.at, entry.size), entry.compression};
  shared.at += entry.size;
  return event;
}

}  // namespace rpcctl
