// Splits a stream of JSON documents, as it arrives, into the single documents.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/splitter.h"
#include "message/text_position.h"

namespace rpcctl {

// A document is one JSON value. Documents follow one another with or without white space between them; a byte
// order mark before the first is skipped.
//
// Only the extent of a document is found here: JsonReader says what is wrong inside. A document that cannot
// become valid any more (a line break in a string, a closing bracket of the wrong kind) ends at the byte that
// spoils it, so that it is reported at once and not when the stream ends.
//
// Takes time linear in the bytes whatever the chunks, and memory for the largest document and a chunk.
class DocumentSplitter final : public Splitter {
 public:
  explicit DocumentSplitter(size_t limit = kLargestDocument);
  void Feed(std::string_view bytes) override;
  void Finish() override;
  // Errors: a byte that begins no JSON value, a document beyond the limit, one nested more than 100 deep, and
  // the end of the stream in the middle of one.
  Result<std::optional<Document>> Next() override;

 private:
  static constexpr size_t kDeepest = 100;

  // What the byte at scan_ belongs to.
  enum class State : uint8_t {
    kStart,         // the beginning of the stream, where a byte order mark may be
    kBetween,       // documents
    kNested,        // an object or an array
    kNestedString,  // a string in one
    kString,        // a document that is a string
    kWord,          // a document that is a number, true, false or null
  };

  bool SkipByteOrderMark();
  bool BeginDocument();
  bool ScanDocument();
  bool ScanNested();
  bool ScanString();
  bool ScanWord();
  bool OpenBracket(char bracket);
  bool CloseBracket(char bracket);
  Document TakeDocument();
  void Fail(Error error);
  void RefuseByte();
  TextPosition PositionOf(size_t at) const;
  std::string BeginsAt() const;

  const size_t limit_;
  State state_ = State::kStart;
  bool finished_ = false;
  bool escaped_ = false;            // the byte before scan_ is a backslash that escapes
  size_t depth_ = 0;                // brackets that are open
  std::bitset<kDeepest> is_array_;  // which of them are square
  std::string buffer_;
  size_t begin_ = 0;  // of what was not handed out yet
  size_t scan_ = 0;   // of what was not looked at yet
  size_t number_ = 0;
  TextPosition position_;  // of the byte at begin_
  std::optional<Error> failure_;
};

}  // namespace rpcctl
