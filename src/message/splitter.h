// Splits a stream of messages, as it arrives, into the single documents.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "message/data_format.h"

namespace rpcctl {

// The largest document that is read, in bytes.
constexpr size_t kLargestDocument = size_t{64} << 20;

// What stands for one message, from its first byte to its last.
struct Document {
  std::string_view text;  // borrowed until the next call of the splitter
  size_t number = 0;      // its place among the documents, from 1
  size_t line = 1;        // of its first byte in the stream, from 1; for text only
  size_t column = 1;      // in characters, from 1
};

// Takes bytes in chunks of any size and hands out each document as soon as its last byte is there. Only the
// extent of a document is found here: a MessageReader says what is wrong inside.
class Splitter {
 public:
  virtual ~Splitter() = default;
  // Appends what arrived; ends what Next handed out before.
  virtual void Feed(std::string_view bytes) = 0;
  // Says that nothing more comes.
  virtual void Finish() = 0;
  // The next complete document; nullopt when more bytes are needed or, after Finish, at the end of the
  // stream. Errors are kInput and lasting.
  virtual Result<std::optional<Document>> Next() = 0;
};

// Documents are refused beyond `limit` bytes.
std::unique_ptr<Splitter> MakeSplitter(DataFormat format, size_t limit = kLargestDocument);

}  // namespace rpcctl
