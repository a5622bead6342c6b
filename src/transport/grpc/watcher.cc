#include "transport/grpc/watcher.h"

#include <fcntl.h>
#include <grpc/support/time.h>
#include <grpcpp/alarm.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

#include "transport/grpc/blocked_signals.h"
#include "transport/socket.h"

namespace rpcctl {
namespace {

// One watched descriptor. Its address is the tag of its events.
struct Entry {
  int descriptor = -1;
  std::function<void()> ready;
  grpc::Alarm alarm;
  bool reported = false;   // an event is in the queue, or being handled
  bool unwatched = false;  // to be forgotten as soon as no event is under way
};

}  // namespace

struct Watcher::Thread {
  explicit Thread(grpc::CompletionQueue& completion_queue) : queue(completion_queue) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
      return;  // no descriptor left: nothing is watched, calls still work
    wake_in = Socket(ends[1]);
    wake_out = Socket(ends[0]);
    thread = std::thread([this] { Run(); });
  }

  ~Thread() { End(); }

  void End() {
    if (!thread.joinable()) return;
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    Wake();
    thread.join();
  }

  void Wake() {
    const char byte = 0;
    // A full pipe has woken the thread already.
    [[maybe_unused]] const ssize_t written = write(wake_in.descriptor(), &byte, 1);
  }

  void Run() {
    BlockSignals();
    std::vector<pollfd> waiting;
    while (Prepare(waiting)) {
      poll(waiting.data(), waiting.size(), -1);
      char drained[64];
      while (read(wake_out.descriptor(), drained, sizeof drained) > 0) {
      }
      Report(waiting);
    }
  }

  // Fills `waiting` with what is to be polled; false at the end.
  bool Prepare(std::vector<pollfd>& waiting) {
    const std::lock_guard lock(mutex);
    waiting.assign(1, {wake_out.descriptor(), POLLIN, 0});
    for (const auto& entry : entries) {
      if (!entry->reported && !entry->unwatched) waiting.push_back({entry->descriptor, POLLIN, 0});
    }
    return !ending;
  }

  void Report(const std::vector<pollfd>& waiting) {
    const std::lock_guard lock(mutex);
    for (const auto& entry : entries) {
      const auto is_ready = [&](const pollfd& polled) {
        return polled.fd == entry->descriptor && polled.revents != 0;
      };
      const bool ready = std::any_of(waiting.begin() + 1, waiting.end(), is_ready);
      if (!ready || entry->reported || entry->unwatched) continue;
      entry->reported = true;
      entry->alarm.Set(&queue, gpr_time_0(GPR_CLOCK_MONOTONIC), entry.get());
    }
  }

  grpc::CompletionQueue& queue;
  std::mutex mutex;  // guards all below
  std::vector<std::unique_ptr<Entry>> entries;
  bool ending = false;
  Socket wake_in, wake_out;
  std::thread thread;
};

Watcher::Watcher(grpc::CompletionQueue& queue) : queue_(queue) {}

Watcher::~Watcher() = default;

void Watcher::Watch(int descriptor, std::function<void()> ready) {
  if (!thread_) thread_ = std::make_unique<Thread>(queue_);
  {
    const std::lock_guard lock(thread_->mutex);
    thread_->entries.push_back(std::make_unique<Entry>());
    thread_->entries.back()->descriptor = descriptor;
    thread_->entries.back()->ready = std::move(ready);
  }
  thread_->Wake();
}

void Watcher::Unwatch(int descriptor) {
  if (!thread_) return;
  const std::lock_guard lock(thread_->mutex);
  for (const auto& entry : thread_->entries)
    entry->unwatched = entry->unwatched || entry->descriptor == descriptor;
  std::erase_if(thread_->entries, [](const auto& entry) { return entry->unwatched && !entry->reported; });
}

void Watcher::Stop() {
  if (!thread_) return;
  thread_->End();
  for (const auto& entry : thread_->entries) entry->unwatched = true;
}

bool Watcher::Handle(void* tag) {
  if (!thread_) return false;
  std::unique_lock lock(thread_->mutex);
  const auto is_tagged = [tag](const auto& entry) { return entry.get() == tag; };
  const auto found = std::find_if(thread_->entries.begin(), thread_->entries.end(), is_tagged);
  if (found == thread_->entries.end()) return false;
  Entry& entry = **found;
  lock.unlock();
  // Only this thread removes entries, and none that is reported: `entry` stays.
  if (!entry.unwatched) entry.ready();
  lock.lock();
  entry.reported = false;
  std::erase_if(thread_->entries, [](const auto& other) { return other->unwatched && !other->reported; });
  lock.unlock();
  thread_->Wake();
  return true;
}

}  // namespace rpcctl
