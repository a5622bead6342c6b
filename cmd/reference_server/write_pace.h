// When the messages of a stream leave the server.
#pragma once

#include <grpcpp/support/sync_stream.h>

#include <cstdint>

#include "reference_server/faults.h"

namespace rpcctl::reference {

// The options of a message that somebody waits for. A server that is to die after some messages sees each of
// them off.
inline grpc::WriteOptions AtOnce(const Faults& faults) {
  grpc::WriteOptions options;
  if (faults.die_after) options.set_write_through();
  return options;
}

// Hands out the options for each message of one long stream in turn. The first messages leave at once, so
// that a short stream is seen as it comes; later ones are collected and flushed every so often, since a
// stream that is only ever collected can stall.
class WritePace final {
 public:
  explicit WritePace(const Faults& faults) : at_once_(AtOnce(faults)), collects_(!faults.die_after) {}

  // The options of the next message.
  grpc::WriteOptions Next() {
    const int64_t index = sent_++;
    grpc::WriteOptions options = at_once_;
    if (collects_ && index >= kPrompt && index % kFlushEvery != 0) options.set_buffer_hint();
    return options;
  }

 private:
  static constexpr int64_t kPrompt = 64;
  static constexpr int64_t kFlushEvery = 256;

  const grpc::WriteOptions at_once_;
  const bool collects_;
  int64_t sent_ = 0;
};

}  // namespace rpcctl::reference
