#include "message/documents.h"

#include <fmt/format.h>

#include <array>

#include "base/safe_text.h"
#include "base/size.h"

namespace rpcctl {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What a byte means outside of strings.
enum class Kind : uint8_t {
  kSpoiling,  // cannot be in JSON
  kSpace,
  kWord,  // of numbers and literals
  kPunctuation,
  kQuote,
  kOpen,
  kClose,
};

constexpr std::array<Kind, 256> MakeKinds() {
  std::array<Kind, 256> kinds{};
  const auto set = [&](std::string_view bytes, Kind kind) {
    for (const char c : bytes) kinds[static_cast<unsigned char>(c)] = kind;
  };
  // Let whoever reads the document name a whole character that is out of place, not its first byte.
  for (size_t c = 0x80; c < kinds.size(); ++c) kinds[c] = Kind::kPunctuation;
  set(" \t\r\n", Kind::kSpace);
  set("0123456789+-._ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", Kind::kWord);
  set(",:", Kind::kPunctuation);
  set("\"", Kind::kQuote);
  set("{[", Kind::kOpen);
  set("}]", Kind::kClose);
  return kinds;
}

constexpr std::array<Kind, 256> kKinds = MakeKinds();

Kind KindOf(char c) {
  return kKinds[static_cast<unsigned char>(c)];
}

// The bytes that a string does not simply go on with.
constexpr std::array<bool, 256> MakeStringStops() {
  std::array<bool, 256> stops{};
  for (size_t c = 0; c < 0x20; ++c) stops[c] = true;
  stops['"'] = stops['\\'] = true;
  return stops;
}

constexpr std::array<bool, 256> kStringStops = MakeStringStops();

// A word begins a document only where it may be a number or a literal.
bool BeginsWord(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == 't' || c == 'f' || c == 'n';
}

std::string_view HintFor(std::string_view found) {
  if (found == "/" || found == "#") return "JSON has no comments";
  if (found == "'") return "JSON takes double quotes only";
  if (found == ",") return "documents follow one another without commas";
  const bool utf16 = found == "\xFE" || found == "\xFF";
  return utf16 ? "the input looks like UTF-16; JSON is read as UTF-8" : "";
}

}  // namespace

DocumentSplitter::DocumentSplitter(size_t limit) : limit_(limit) {}

void DocumentSplitter::Feed(std::string_view bytes) {
  // Only when half of the buffer is used up, so that no byte is moved more than once or twice.
  if (begin_ > 0 && begin_ >= buffer_.size() - begin_) {
    buffer_.erase(0, begin_);
    scan_ -= begin_;
    begin_ = 0;
  }
  buffer_ += bytes;
}

void DocumentSplitter::Finish() {
  finished_ = true;
}

Result<std::optional<Document>> DocumentSplitter::Next() {
  const bool told = failure_.has_value();
  const bool complete = !told && (state_ != State::kStart || SkipByteOrderMark()) &&
                        (state_ != State::kBetween || BeginDocument()) && ScanDocument();
  // Before anything that is wrong beyond the limit: how far a chunk reaches makes no difference.
  if (!told && scan_ - begin_ > limit_) {
    Fail({ErrorKind::kInput, fmt::format("{} is larger than {}", BeginsAt(), FormatSize(limit_))});
  }
  if (!failure_ && !complete && finished_ && state_ != State::kBetween) {
    Fail({ErrorKind::kInput, BeginsAt() + " is cut short by the end of the input",
          "a bracket or a quote is not closed; in a shell JSON stands in single quotes: '{...}'"});
  }
  if (failure_) return *failure_;
  if (!complete) return std::optional<Document>();
  return std::optional<Document>(TakeDocument());
}

// False when more bytes are needed.
bool DocumentSplitter::SkipByteOrderMark() {
  const std::string_view text = std::string_view(buffer_).substr(0, kByteOrderMark.size());
  if (text.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(text) && !finished_) return false;
  if (text == kByteOrderMark) begin_ = scan_ = kByteOrderMark.size();
  state_ = State::kBetween;
  return true;
}

// Skips white space and finds out what begins behind it; false when nothing does.
bool DocumentSplitter::BeginDocument() {
  while (scan_ < buffer_.size() && KindOf(buffer_[scan_]) == Kind::kSpace) ++scan_;
  position_ = PositionOf(scan_);
  begin_ = scan_;
  if (scan_ == buffer_.size()) return false;
  const char c = buffer_[scan_];
  if (KindOf(c) == Kind::kOpen) {
    state_ = State::kNested;
  } else if (KindOf(c) == Kind::kQuote) {
    state_ = State::kString;
    ++scan_;
  } else if (BeginsWord(c)) {
    state_ = State::kWord;
  } else {
    RefuseByte();
    return false;
  }
  return true;
}

// Goes on to the end of the document; false when that is not there yet.
bool DocumentSplitter::ScanDocument() {
  if (state_ == State::kWord) return ScanWord();
  if (state_ == State::kString) return ScanString();
  return ScanNested();
}

bool DocumentSplitter::ScanNested() {
  while (scan_ < buffer_.size()) {
    if (state_ == State::kNestedString) {
      if (!ScanString()) return false;
      if (buffer_[scan_ - 1] != '"') return true;  // spoilt
      state_ = State::kNested;
      continue;
    }
    const char c = buffer_[scan_++];
    switch (KindOf(c)) {
      case Kind::kQuote:
        state_ = State::kNestedString;
        break;
      case Kind::kOpen:
        if (!OpenBracket(c)) return false;
        break;
      case Kind::kClose:
        if (CloseBracket(c)) return true;
        break;
      case Kind::kSpoiling:
        return true;
      default:
        break;
    }
  }
  return false;
}

bool DocumentSplitter::OpenBracket(char bracket) {
  if (depth_ == kDeepest) {
    const std::string place = FormatPosition(PositionOf(scan_ - 1));
    Fail({ErrorKind::kInput, fmt::format("{}: nested more than {} deep", place, kDeepest)});
    return false;
  }
  is_array_[depth_++] = bracket == '[';
  return true;
}

// Whether the document ends here: with its own bracket, or because this one is of the wrong kind.
bool DocumentSplitter::CloseBracket(char bracket) {
  --depth_;
  return depth_ == 0 || is_array_[depth_] != (bracket == ']');
}

// Goes on behind the closing quote, or behind the byte that spoils the string; false when neither is there.
bool DocumentSplitter::ScanString() {
  for (; scan_ < buffer_.size(); ++scan_) {
    const char c = buffer_[scan_];
    if (!kStringStops[static_cast<unsigned char>(c)] || (escaped_ && (c == '"' || c == '\\'))) {
      escaped_ = false;
      continue;
    }
    escaped_ = c == '\\';
    if (escaped_) continue;
    ++scan_;
    return true;
  }
  return false;
}

bool DocumentSplitter::ScanWord() {
  while (scan_ < buffer_.size() && KindOf(buffer_[scan_]) == Kind::kWord) ++scan_;
  return scan_ < buffer_.size() || finished_;
}

Document DocumentSplitter::TakeDocument() {
  const std::string_view text = std::string_view(buffer_).substr(begin_, scan_ - begin_);
  const Document document{text, ++number_, position_.line, position_.column};
  position_ = PositionOf(scan_);
  begin_ = scan_;
  depth_ = 0;
  escaped_ = false;
  state_ = State::kBetween;
  return document;
}

void DocumentSplitter::Fail(Error error) {
  failure_ = std::move(error);
}

// Says that no document can begin at begin_.
void DocumentSplitter::RefuseByte() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  const size_t length = Utf8CharacterLength(rest);
  constexpr size_t kLongestCharacter = 4;
  if (length == 0 && rest.size() < kLongestCharacter && !finished_) return;  // the character is not all there
  const std::string_view found = rest.substr(0, length == 0 ? 1 : length);
  Fail({ErrorKind::kInput,
        fmt::format("{}: expected a JSON document, found '{}'", FormatPosition(position_), SafeText(found)),
        std::string(HintFor(found))});
}

TextPosition DocumentSplitter::PositionOf(size_t at) const {
  return PositionAt(std::string_view(buffer_).substr(begin_), at - begin_, position_);
}

// "line 2, column 5: the document that begins here".
std::string DocumentSplitter::BeginsAt() const {
  return FormatPosition(position_) + ": the document that begins here";
}

}  // namespace rpcctl
