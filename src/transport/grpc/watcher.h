// Lets a completion queue be woken by descriptors, which it cannot wait for itself.
#pragma once

#include <grpcpp/completion_queue.h>

#include <functional>
#include <memory>

namespace rpcctl {

// Polls the watched descriptors on a thread of its own, which starts with the first of them, and reports each
// readiness as an event of the queue. A descriptor is polled again only after its event was handled. But for
// that thread everything here runs on the caller's.
class Watcher final {
 public:
  explicit Watcher(grpc::CompletionQueue& queue);  // borrowed for life
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  void Watch(int descriptor, std::function<void()> ready);
  void Unwatch(int descriptor);
  // Watches nothing any more; to be called before the queue is shut down.
  void Stop();
  // Handles an event of the queue if it is one of the watcher's; false when it is someone else's.
  bool Handle(void* tag);

 private:
  struct Thread;
  grpc::CompletionQueue& queue_;
  std::unique_ptr<Thread> thread_;
};

}  // namespace rpcctl
