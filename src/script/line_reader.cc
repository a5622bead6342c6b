#include "script/line_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

// What a backslash takes the meaning of inside double quotes, as in a shell.
constexpr std::string_view kEscapedInQuotes = "\"\\$`";

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}
bool IsControl(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}
// Which bytes stand for themselves wherever in a word they are: most of a script is such characters.
constexpr std::array<bool, 256> kOrdinary = [] {
  constexpr std::string_view kOthers = "'\"\\{$`[],";
  std::array<bool, 256> ordinary{};
  for (unsigned char c = '!'; c <= '~'; ++c)
    ordinary[c] = kOthers.find(static_cast<char>(c)) == std::string_view::npos;
  return ordinary;
}();
bool IsOrdinary(char c) {
  return kOrdinary[static_cast<unsigned char>(c)];
}
bool ContinuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

LineReader::LineReader(std::string_view line, size_t number, const EnvironmentReader* environment)
    : line_(line), number_(number), environment_(environment) {}

void LineReader::SkipBlanks() {
  while (at_ < line_.size() && IsBlank(line_[at_])) ++at_;
}

bool LineReader::AtEnd() {
  SkipBlanks();
  return at_ == line_.size() || line_[at_] == '#';
}

TextPosition LineReader::PlaceAt(size_t at) {
  if (at < counted_to_) {
    counted_to_ = 0;
    column_ = 1;
  }
  for (; counted_to_ < at; ++counted_to_) {
    if (!ContinuesCharacter(line_[counted_to_])) ++column_;
  }
  return {number_, column_};
}

TextPosition LineReader::place() {
  if (failed_at_) return *failed_at_;
  SkipBlanks();
  return PlaceAt(at_);
}

std::string_view LineReader::Rest() {
  SkipBlanks();
  size_t end = at_;
  for (size_t at = at_; at < line_.size(); ++at) {
    if (line_[at] == '#' && (at == 0 || IsBlank(line_[at - 1]))) break;
    if (!IsBlank(line_[at])) end = at + 1;
  }
  const std::string_view rest = line_.substr(at_, end - at_);
  at_ = line_.size();
  return rest;
}

Error LineReader::Fail(size_t at, std::string message, std::string hint) {
  return Blame(PlaceAt(at), std::move(message), hint);
}

Error LineReader::Blame(TextPosition place, std::string message, std::string_view hint) {
  failed_at_ = place;
  return {ErrorKind::kUsage, std::move(message), std::string(hint)};
}

Result<Word> LineReader::Next(std::string_view stops) {
  SkipBlanks();
  Word word;
  word.place = PlaceAt(at_);
  if (at_ < line_.size() && stops.find(line_[at_]) != std::string_view::npos) {
    word.Append(line_.substr(at_++, 1));
    return word;
  }
  while (at_ < line_.size() && !IsBlank(line_[at_]) && stops.find(line_[at_]) == std::string_view::npos) {
    if (Result<void> taken = TakePiece(word); !taken) return taken.error();
  }
  return word;
}

Result<void> LineReader::TakePiece(Word& word) {
  switch (line_[at_]) {
    case '\'':
      return TakeSingleQuoted(word);
    case '"':
      return TakeDoubleQuoted(word);
    case '\\':
      return TakeEscaped(word);
    default:
      break;
  }
  if (StartsWith("{{")) return TakeInsertion(word);
  if (StartsWith("${") && environment_ != nullptr) return TakeVariable(word);
  return TakeCharacters(word);
}

Result<void> LineReader::TakeCharacters(Word& word) {
  size_t end = at_;
  while (end < line_.size() && IsOrdinary(line_[end])) ++end;
  if (end == at_) return TakeCharacter(word);
  word.Append(line_.substr(at_, end - at_));
  at_ = end;
  return {};
}

Result<void> LineReader::TakeCharacter(Word& word) {
  if (IsControl(line_[at_]))
    return Fail(at_, fmt::format("a control character, {}", SafeText(line_.substr(at_, 1))));
  const size_t length = Utf8CharacterLength(line_.substr(at_));
  if (length == 0) return Fail(at_, "invalid UTF-8", "a script is a UTF-8 text");
  word.Append(line_.substr(at_, length));
  at_ += length;
  return {};
}

Result<void> LineReader::TakeSingleQuoted(Word& word) {
  const size_t begin = at_++;
  word.quoted = true;
  while (at_ < line_.size() && line_[at_] != '\'') {
    if (Result<void> taken = TakeCharacters(word); !taken) return taken;
  }
  if (at_ == line_.size()) return Fail(begin, "a ' without the one that ends it");
  ++at_;
  return {};
}

Result<void> LineReader::TakeDoubleQuoted(Word& word) {
  const size_t begin = at_++;
  word.quoted = true;
  while (at_ < line_.size() && line_[at_] != '"') {
    const bool escapes = line_[at_] == '\\' && at_ + 1 < line_.size() &&
                         kEscapedInQuotes.find(line_[at_ + 1]) != std::string_view::npos;
    if (escapes) ++at_;
    const bool fills_in = !escapes && StartsWith("{{");
    const bool expands = !escapes && StartsWith("${") && environment_ != nullptr;
    Result<void> taken = fills_in  ? TakeInsertion(word)
                         : expands ? TakeVariable(word)
                         : escapes ? TakeCharacter(word)
                                   : TakeCharacters(word);
    if (!taken) return taken;
  }
  if (at_ == line_.size()) return Fail(begin, "a \" without the one that ends it");
  ++at_;
  return {};
}

Result<void> LineReader::TakeEscaped(Word& word) {
  if (at_ + 1 == line_.size())
    return Fail(at_, "a backslash at the end of the line",
                "a step stands on one line: join what was typed on several");
  ++at_;
  word.quoted = true;
  return TakeCharacter(word);
}

Result<void> LineReader::TakeInsertion(Word& word) {
  const size_t begin = at_;
  const size_t end = line_.find("}}", begin);
  if (end == std::string_view::npos)
    return Fail(begin, "'{{' without its '}}'", "in single quotes braces stand for themselves: '{{'");
  Result<Insertion> insertion = ParseInsertion(line_.substr(begin + 2, end - begin - 2));
  if (!insertion) return Fail(begin, insertion.error().message, insertion.error().hint);
  insertion->place = PlaceAt(begin);
  word.pieces.push_back({"", std::move(*insertion)});
  at_ = end + 2;
  return {};
}

Result<void> LineReader::TakeVariable(Word& word) {
  const size_t begin = at_;
  const size_t end = line_.find('}', begin);
  if (end == std::string_view::npos) return Fail(begin, "'${' without its '}'");
  const std::string_view inside = line_.substr(begin + 2, end - begin - 2);
  const size_t split = inside.find(":-");
  const std::string name(inside.substr(0, split));
  std::optional<std::string> value = (*environment_)(name);
  const bool has_default = split != std::string_view::npos;
  if (has_default && (!value || value->empty())) value = std::string(inside.substr(split + 2));
  if (!value) {
    return Fail(begin, fmt::format("the environment variable {} is not set", SafeText(name)),
                fmt::format("write ${{{}:-text}} for a default", SafeText(name)));
  }
  if (std::ranges::any_of(*value, IsControl) || FindInvalidUtf8(*value) != std::string::npos) {
    return Fail(begin, fmt::format("the environment variable {} holds what no line can: '{}'", SafeText(name),
                                   SafeText(*value)));
  }
  word.Append(*value);
  at_ = end + 1;
  return {};
}

}  // namespace rpcctl
