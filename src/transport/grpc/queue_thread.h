// Turns the completion queue on a thread of its own while a stream is busy, so that the core receives and
// sends while its user reads and writes documents.
#pragma once

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <optional>

#include "base/duration.h"
#include "transport/grpc/byte_buffer.h"
#include "transport/grpc/outbox.h"

namespace rpcctl {

// Nobody else may take events from the queue once this exists. Events are handed over in batches and in their
// order; no more is read while one batch (256 events or 64 KiB, and the message that fills it) waits to be
// taken. All here is for one thread, that of the user.
class QueueThread final {
 public:
  using Stream = grpc::GenericClientAsyncReaderWriter;

  enum class Kind {
    kDone,     // an operation came back
    kMessage,  // a read of this thread's brought one
    kRoom,     // the outbox takes more
  };
  struct Event {
    void* tag = nullptr;
    bool ok = false;
    Kind kind = Kind::kDone;
    ReceivedBytes message = {};  // of kMessage; borrowed until the next Next
  };

  explicit QueueThread(grpc::CompletionQueue& queue);  // borrowed for life
  ~QueueThread();                                      // the queue is shut down, and Next said so
  QueueThread(const QueueThread&) = delete;
  QueueThread& operator=(const QueueThread&) = delete;

  // Reads message after message from `stream`, on which no read is under way, with `tag`, until a read fails:
  // that comes as kDone. One stream at a time.
  void Read(Stream& stream, void* tag);
  // Writes to the stream that it is attached to; a run of it ends with kDone.
  Outbox& outbox();

  // The next event, waited for until `until`; nullopt when none came, or none comes any more.
  std::optional<Event> Next(TimePoint until);

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace rpcctl
