// Splits a stream of wire messages, each after its length as a varint.
#pragma once

#include "message/feed_buffer.h"
#include "message/splitter.h"

namespace rpcctl {

// The format of protobuf's writeDelimitedTo and SerializeDelimitedToZeroCopyStream: nothing stands between
// two messages. Errors: a length beyond the limit, one that is no varint of 64 bits, and the end of the
// stream in the middle of a message.
class DelimitedSplitter final : public Splitter {
 public:
  explicit DelimitedSplitter(size_t limit) : limit_(limit) {}
  void Feed(std::string_view bytes) override { buffer_.Feed(bytes); }
  void Finish() override { finished_ = true; }
  Result<std::optional<Document>> Next() override;

 private:
  Error Broken(std::string_view what) const;

  const size_t limit_;
  FeedBuffer buffer_;
  size_t offset_ = 0;  // of the buffer's rest in the stream
  size_t number_ = 0;
  bool finished_ = false;
};

}  // namespace rpcctl
