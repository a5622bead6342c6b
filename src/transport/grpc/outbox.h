// Messages on their way out of a busy stream: handed to the core one after another, by whichever thread
// learns that the last one left.
#pragma once

#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "transport/transport.h"

namespace rpcctl {

// The user adds, the thread of the queue tells what was written. A run begins with a message that finds
// nothing under way, and ends when all that was added is handed over; it is one operation of the stream's.
class Outbox final {
 public:
  using Stream = grpc::GenericClientAsyncReaderWriter;

  struct Added {
    bool begins_run = false;
    // Whether more fits in now; if not, and another message follows, WroteOne will say kRoom.
    bool has_room = false;
  };
  enum class Progress { kMore, kRoom, kAll };

  // From here on messages go to `stream`, borrowed, with `tag`. No run is under way.
  void Attach(Stream& stream, void* tag);
  // No message comes to it any more; no run is under way.
  void Detach();
  bool IsTag(void* tag) const { return tag == tag_.load(std::memory_order_acquire); }

  Added Add(std::string_view message, Next next);

  // The one message that was under way was written, or not: with it goes all that is behind it. Hands over
  // the next one; kAll when the run is over.
  Progress WroteOne(bool ok);

 private:
  struct Message {
    size_t size;
    Next next;
  };
  struct Batch {
    std::vector<Message> messages;
    std::string bytes;
    bool IsFull() const;
    void Clear();
  };

  void Submit();

  std::atomic<void*> tag_ = nullptr;
  Stream* stream_ = nullptr;
  // Of whoever may submit: the user at the beginning of a run, then the thread.
  Batch leaving_;
  size_t next_ = 0;  // of its messages
  size_t at_ = 0;    // where its bytes begin

  std::mutex mutex_;
  Batch waiting_;            // guarded by the mutex
  bool runs_ = false;        // guarded by the mutex
  bool needs_room_ = false;  // guarded by the mutex
};

}  // namespace rpcctl
