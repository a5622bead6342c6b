// Splits a stream of messages in protobuf's text format.
#pragma once

#include "message/feed_buffer.h"
#include "message/splitter.h"

namespace rpcctl {

// A line that holds nothing but "---" (and a carriage return) stands between two messages, so N of them make
// N + 1 messages, of which any may be empty. A stream without one that holds only white space is no message.
class TextSplitter final : public Splitter {
 public:
  explicit TextSplitter(size_t limit) : limit_(limit) {}
  void Feed(std::string_view bytes) override { buffer_.Feed(bytes); }
  void Finish() override { finished_ = true; }
  Result<std::optional<Document>> Next() override;

 private:
  bool FindSeparator();
  Document Take(size_t size, size_t separator);

  const size_t limit_;
  FeedBuffer buffer_;
  size_t line_start_ = 0;  // of the line that is being looked at, in the rest of the buffer
  size_t line_end_ = 0;    // behind its line break
  size_t lines_ = 0;       // before it, in this message
  size_t first_line_ = 1;  // of this message in the stream
  size_t number_ = 0;
  bool finished_ = false;
  bool ended_ = false;  // the last message was handed out, or refused
};

}  // namespace rpcctl
